namespace ApiPoc.Simulation.Jobs;

/// <summary>A mistake made on purpose, to show that the simulation finds it.</summary>
public enum PlantedBug
{
    /// <summary>None: the design as it is.</summary>
    None,

    /// <summary>The ledger takes the result of any attempt, not only of the newest.</summary>
    NoFencing,

    /// <summary>A message is deleted when it is received.</summary>
    DeleteBeforeWork,

    /// <summary>The ledger does not look whether there is a result.</summary>
    NoDedupe,

    /// <summary>A worker that the API refused has the job dead-lettered without looking whether it is still its attempt's.</summary>
    RejectUnfenced,

    /// <summary>A job that the API refused is dead-lettered, but the ledger is not told that it is given up.</summary>
    RefusalNotKept,
}
