using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ApiPoc.TaskMaster.Tests;

public sealed class TaskMasterProcessTests(TaskMasterFixture fixture) : IClassFixture<TaskMasterFixture>
{
    [Fact]
    public async Task Run_Count_IsOnTheQueueInOneTraceWhenAnswered()
    {
        using var response = await fixture.Service.Http.PostAsync("/run?count=25", content: null);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.OK, 25), (response.StatusCode, answer.GetProperty("count").GetInt32()));

        var messages = await fixture.ReceiveAsync(25);
        string runId = answer.GetProperty("run_id").GetString()!;
        Assert.Equal(
            Enumerable.Range(1, 25).Select(number => $"{runId}-{number}").Order(StringComparer.Ordinal),
            messages.Select(message => JsonSerializer.Deserialize<JsonElement>(message.Body).GetProperty("job_id").GetString()!).Order(StringComparer.Ordinal));
        Assert.Single(messages.Select(message => message.MessageAttributes["traceparent"].StringValue.Split('-')[1]).Distinct());
    }

    [Theory]
    [InlineData("/run")]
    [InlineData("/run?count=")]
    [InlineData("/run?count=0")]
    [InlineData("/run?count=-1")]
    [InlineData("/run?count=100001")]
    [InlineData("/run?count=ten")]
    [InlineData("/run?count=1%00")]
    [InlineData("/run?count=%2B1")]
    [InlineData("/run?count=99999999999999")]
    public async Task Run_BadCount_IsRefusedWithItsCode(string path)
    {
        using var response = await fixture.Service.Http.PostAsync(path, content: null);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(
            (HttpStatusCode.BadRequest, "bad_count", "count has to be a whole number from 1 to 100000"),
            (response.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Schedules_AreListedWithTheirNextMoment()
    {
        var schedules = await fixture.Service.Http.GetFromJsonAsync<JsonElement>("/schedules");
        var only = Assert.Single(schedules.EnumerateArray());
        Assert.Equal(
            ("steady", "rate(5 minutes)", 20),
            (only.GetProperty("name").GetString(), only.GetProperty("expression").GetString(), only.GetProperty("jobs").GetInt32()));
        Assert.Equal(0, only.GetProperty("next").GetDateTimeOffset().Minute % 5);
    }

    [Fact]
    public async Task Ready_RedisAndQueueAnswer_Says200()
    {
        using var ready = await fixture.Service.Http.GetAsync("/ready");
        Assert.Equal(
            (HttpStatusCode.OK, """{"status":"healthy","checks":{"host":"healthy","StackExchange.Redis":"healthy","job-queue":"healthy"}}"""),
            (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
    }
}
