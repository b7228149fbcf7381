namespace ApiPoc.Messaging.Tests;

public sealed class MessagingOptionsTests
{
    [Fact]
    public void Validator_Defaults_AreRight() => Assert.True(new MessagingOptionsValidator().Validate(null, new MessagingOptions()).Succeeded);

    [Fact]
    public void Validator_DeadLetterQueueIsTheQueueItself_NamesBoth()
    {
        var result = new MessagingOptionsValidator().Validate(null, new MessagingOptions { JobDeadLetterQueue = "job-queue" });

        Assert.Equal(["JobQueue and JobDeadLetterQueue: 'job-queue': queues must differ"], result.Failures);
    }
}
