using System.Text.Json.Nodes;
using ApiPoc.Messaging;
using ApiPoc.Provisioner.Templates;
using ApiPoc.Testing;

namespace ApiPoc.Provisioner.Tests.Templates;

/// <summary>What must be true of deploy/aws/apipoc.template.json.</summary>
public sealed class ShippedTemplateTests
{
    private static readonly Template Shipped = Template.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "deploy", "aws", "apipoc.template.json")));

    private static readonly Dictionary<string, JsonObject> Queues = Shipped.Resources.Where(resource => resource.Type == "AWS::SQS::Queue")
        .ToDictionary(resource => resource.Name, resource => resource.Properties);

    [Fact]
    public void Names_AreTheDefaultsOfTheServices()
    {
        var options = new MessagingOptions();

        var names = Queues.Values.Select(queue => $"{queue["QueueName"]}").ToArray();

        Assert.Subset(names.ToHashSet(), new HashSet<string> { options.JobQueue, options.JobDeadLetterQueue, options.NotifierQueue, options.IngestQueue });
        Assert.Equal(options.EventsTopic, $"{Shipped.Resources.Single(resource => resource.Type == "AWS::SNS::Topic").Properties["TopicName"]}");
    }

    [Fact]
    public void EveryQueue_HasADeadLetterQueueThatKeepsLonger()
    {
        var withRedrive = Queues.Values.Where(queue => queue.ContainsKey("RedrivePolicy")).ToArray();
        Assert.Equal(3, withRedrive.Length);
        foreach (var queue in withRedrive)
        {
            var redrive = queue["RedrivePolicy"]!;
            var deadLetters = Queues[$"{redrive["deadLetterTargetArn"]!["Fn::GetAtt"]![0]}"];
            Assert.True((int)deadLetters["MessageRetentionPeriod"]! > (int)queue["MessageRetentionPeriod"]!);
            Assert.True((int)redrive["maxReceiveCount"]! >= 2);
        }
    }

    [Fact]
    public void JobDeadLetterQueue_TakesLargerMessages_SoThatAReasonFitsBesideAnyJob() =>
        Assert.True((int)Queues["JobDeadLetterQueue"]["MaximumMessageSize"]! >= (int)Queues["JobQueue"]["MaximumMessageSize"]! + 4096);
}
