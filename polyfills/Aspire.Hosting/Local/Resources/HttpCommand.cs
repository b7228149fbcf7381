using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Local.Resources;

/// <summary>The request behind a <c>WithHttpCommand</c>.</summary>
internal sealed class HttpCommand(EndpointReference endpoint, string path, HttpCommandOptions options)
{
    public async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context)
    {
        var client = context.Services.GetRequiredService<IHttpClientFactory>().CreateClient(options.HttpClientName ?? Options.DefaultName);
        // The path is only a path, as in Aspire: a "?" in it is escaped, and a query is what PrepareRequest is for.
        using var request = new HttpRequestMessage(options.Method!, new UriBuilder(endpoint.Url) { Path = path }.Uri);
        if (options.PrepareRequest is { } prepare)
        {
            await prepare(new()
            {
                Services = context.Services,
                ResourceName = context.ResourceName,
                Endpoint = endpoint,
                CancellationToken = context.CancellationToken,
                HttpClient = client,
                Request = request,
            });
        }

        using var response = await client.SendAsync(request, context.CancellationToken);
        return options.GetCommandResult is { } result
            ? await result(new()
            {
                Services = context.Services,
                ResourceName = context.ResourceName,
                Endpoint = endpoint,
                CancellationToken = context.CancellationToken,
                HttpClient = client,
                Response = response,
            })
            : await ResultOf(response, context.CancellationToken);
    }

    private async Task<ExecuteCommandResult> ResultOf(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            return CommandResults.Failure($"Request failed with status code {response.StatusCode}");
        if (options.ResultMode == HttpCommandResultMode.None)
            return CommandResults.Success();
        var isJson = options.ResultMode == HttpCommandResultMode.Json || response.Content.Headers.ContentType?.MediaType == "application/json";
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return CommandResults.Success("Request succeeded", body, isJson ? CommandResultFormat.Json : CommandResultFormat.Text);
    }
}
