using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ApiPoc.EndToEnd;

/// <summary>The README's commands answer as it says.</summary>
[Collection(StackDefinition.Name)]
public sealed class ReadmeTests(Stack stack)
{
    [Fact]
    public async Task Dashboard_AddressWithItsToken_Answers()
    {
        using var response = await stack.Http.GetAsync(stack.AppHost.Dashboard);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task ExternalApi_SixCallsInAMinute_GetFiveAnswersAndOne429ThatNamesTheLevel()
    {
        var address = new Uri(Addresses.ExternalApi, "/survey/1/interview/1/attachment/1");
        List<HttpStatusCode> answers = [];
        string last = "";
        for (int call = 0; call < 6; call++)
        {
            using var response = await stack.Http.GetAsync(address);
            answers.Add(response.StatusCode);
            last = await response.Content.ReadAsStringAsync();
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 5), HttpStatusCode.TooManyRequests], answers);
        Assert.Contains("survey:interview:attachment quota exceeded for 60s window at /survey/1/interview/1/attachment/1", last, StringComparison.Ordinal);

        var keys = await stack.Http.GetFromJsonAsync<JsonElement>(new Uri(Addresses.ExternalApi, "/keys"));
        Assert.Equal(
            [("survey:interview:attachment:none", "0"), ("survey:interview:none", "5"), ("survey:none", "15")],
            keys.GetProperty("keys").EnumerateArray()
                .Select(key => (Name: key.GetProperty("name").GetString()!, Value: key.GetProperty("value").GetString()!))
                .Where(key => key.Name.EndsWith(":none", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TaskMaster_Run_SaysWhatItSent()
    {
        using var response = await stack.Http.PostAsync(new Uri(Addresses.TaskMaster, "/run?count=3"), content: null);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.OK, 3), (response.StatusCode, answer.GetProperty("count").GetInt32()));
    }
}
