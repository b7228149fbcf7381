using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ApiPoc.ExternalApi.Answers;

/// <summary>How every answer looks.</summary>
internal static class AnswersRegistration
{
    /// <summary>Snake case, absent instead of null, and text as people write it.</summary>
    public static void AddAnswers(this IHostApplicationBuilder builder) =>
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            // Nothing here is put into HTML, where quotes would have to be escaped.
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });

    /// <summary>Wraps all endpoints: an outage of the store first, then the verbs.</summary>
    public static void UseAnswers(this WebApplication app)
    {
        app.Use(StoreOutage.AnswerAsync);
        app.Use(MethodRule.EnforceAsync);
    }
}
