namespace ApiPoc.Architecture.Tests;

public sealed class SourceTests
{
    [Fact]
    public void Sources_FollowTheRules() =>
        Complaint.None(Repository.Files(".cs").SelectMany(path => SourceRules.Complaints(path, Repository.Lines(path))));

    [Theory]
    [InlineData("services/Worker/Jobs/JobHandler.cs", 301, "has 301 lines, 300 are allowed")]
    [InlineData("services/Worker/Program.cs", 31, "has 31 lines, 30 are allowed")]
    [InlineData("ApiPoc.AppHost/AppHost.cs", 71, "has 71 lines, 70 are allowed")]
    [InlineData("services/Worker/Extensions.cs", 1, "the name says nothing")]
    public void Rules_WrongFile_IsNamed(string path, int lines, string complaint)
    {
        string only = Assert.Single(SourceRules.Complaints(path, [.. Enumerable.Repeat("", lines)]));
        Assert.StartsWith(path, only, StringComparison.Ordinal);
        Assert.Contains(complaint, only, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_ConditionalCompilation_IsAllowedInPolyfillsOnly()
    {
        string[] lines = ["", "    #if DEBUG"];
        Assert.Equal(
            ["services/Worker/Job.cs:2: conditional compilation makes two programs of one; move the difference into polyfills/"],
            SourceRules.Complaints("services/Worker/Job.cs", lines));
        Assert.Empty(SourceRules.Complaints("polyfills/AWSSDK.SQS/Job.cs", lines));
    }

    [Fact]
    public void Sources_AreFound() => Assert.Contains("tests/ApiPoc.Architecture.Tests/SourceTests.cs", Repository.Files(".cs"));
}
