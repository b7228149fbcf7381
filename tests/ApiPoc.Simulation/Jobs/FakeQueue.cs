namespace ApiPoc.Simulation.Jobs;

/// <summary>
/// A standard queue at its worst, in virtual time (ms): no order, the same message given to two at once, messages that come again when
/// nobody renews them, deletes by an old receipt that work or do not.
/// </summary>
public sealed class FakeQueue(Random random, double duplicates)
{
    private readonly List<Message> _messages = [];
    private long _receipts;

    /// <summary>Messages not deleted yet.</summary>
    public int Count => _messages.Count;

    /// <summary>Puts a message in.</summary>
    /// <param name="job">The job it asks for.</param>
    /// <param name="redrive">Tells the move that brought it from the dead-letter queue from others; null for a message that did not stand there.</param>
    public void Send(string job, string? redrive = null) => _messages.Add(new Message(job, redrive));

    /// <summary>Gives any visible message and hides it, or forgets to.</summary>
    public Delivery? Receive(long now, long visibility)
    {
        var visible = _messages.FindAll(message => message.VisibleAt <= now);
        if (visible.Count == 0) return null;
        var message = visible[random.Next(visible.Count)];
        message.Receipt = ++_receipts;
        if (random.NextDouble() >= duplicates) message.VisibleAt = now + visibility;
        return new Delivery(message.Job, message.Receipt, message);
    }

    /// <summary>Hides a message until then, if nobody received it since.</summary>
    public static void Hide(Delivery delivery, long until)
    {
        if (delivery.Message.Receipt == delivery.Receipt) delivery.Message.VisibleAt = until;
    }

    /// <summary>Removes a message.</summary>
    public void Delete(Delivery delivery)
    {
        if (delivery.Message.Receipt == delivery.Receipt || random.Next(2) == 0) _messages.Remove(delivery.Message);
    }

    /// <summary>A message on the queue.</summary>
    internal sealed class Message(string job, string? redrive)
    {
        public string Job { get; } = job;

        public string? Redrive { get; } = redrive;

        public long Receipt { get; set; }

        public long VisibleAt { get; set; }
    }
}

/// <summary>A message as one receive gave it.</summary>
public sealed class Delivery
{
    internal Delivery(string job, long receipt, FakeQueue.Message message) => (Job, Receipt, Message) = (job, receipt, message);

    /// <summary>The job it asks for.</summary>
    public string Job { get; }

    /// <summary>Which move brought its message from the dead-letter queue, if one did.</summary>
    public string? Redrive => Message.Redrive;

    internal long Receipt { get; }

    internal FakeQueue.Message Message { get; }
}
