using System.Runtime.CompilerServices;

namespace ApiPoc.Domain.Throttling;

/// <summary>
/// Asks another admission less often. Every permit is charged before it is used, so all processes together never admit more than the
/// limits give; far from them permits are taken ahead and held for a moment, near them every request is decided by the store, those
/// that come at once together. What is held and not used is given back.
/// </summary>
/// <remarks>
/// Sets are told apart by reference: a caller asks with the same list again and again. A decision may be shared by the requests it was
/// made for, so what it says remains is what remained after all of them. A process that dies holds at most
/// twice <see cref="LeaseOptions.MaxAhead"/> permits per set, which stay charged; in any interval t a token bucket admits at most what it does in
/// t + <see cref="LeaseOptions.Life"/>.
/// </remarks>
public sealed class LeasingAdmission : IAdmission, IAsyncDisposable
{
    private readonly ConditionalWeakTable<IReadOnlyList<Limit>, LeasedSet> _sets = [];
    private readonly IAdmission _store;
    private readonly LeaseReturns _returns;
    private readonly TimeProvider _clock;
    private readonly LeaseOptions _options;

    /// <summary>Asks <paramref name="store"/> and gives back to <paramref name="returns"/>, usually the same object.</summary>
    public LeasingAdmission(IAdmission store, IAdmissionReturns returns, TimeProvider clock, LeaseOptions options)
    {
        (_store, _clock, _options) = (store, clock, options);
        _returns = new LeaseReturns(returns, clock, options.Life);
    }

    /// <inheritdoc/>
    public ValueTask<AdmissionDecision> AdmitAsync(IReadOnlyList<Limit> limits, int cost = 1, CancellationToken cancellationToken = default)
    {
        if (cost != 1)
            return _store.AdmitAsync(limits, cost, cancellationToken);
        if (!_sets.TryGetValue(limits, out var set))
            set = _sets.GetValue(limits, added => new LeasedSet(added, _store, _returns, _clock, _options));
        return set.AdmitAsync(cancellationToken);
    }

    /// <summary>Gives back what is held, when what is still asked for has been answered.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_sets.Select(set => set.Value.LandAsync()));
        await _returns.DisposeAsync();
    }
}
