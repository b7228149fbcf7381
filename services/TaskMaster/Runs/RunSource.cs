namespace ApiPoc.TaskMaster.Runs;

/// <summary>Who asked for a run; the values of the tag <c>source</c>.</summary>
internal static class RunSource
{
    public const string Start = "start";
    public const string Schedule = "schedule";
    public const string Request = "request";
}
