using System.Xml.Linq;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Architecture.Tests;

public sealed class DependencyTests
{
    [Fact]
    public void Projects_ReferenceOnlyAlongTheArrows() => Complaint.None(DependencyRules.Violations(ProjectFile.All));

    [Theory]
    [InlineData("services/Worker/Worker.csproj", "services/Orchestrator")]
    [InlineData("libraries/ApiPoc.Domain/ApiPoc.Domain.csproj", "libraries/ApiPoc.Redis")]
    [InlineData("libraries/ApiPoc.Messaging/ApiPoc.Messaging.csproj", "libraries/ApiPoc.Redis")]
    [InlineData("ApiPoc.ServiceDefaults/ApiPoc.ServiceDefaults.csproj", "libraries/ApiPoc.Domain")]
    [InlineData("services/Worker/Worker.csproj", "tests/ApiPoc.Testing")]
    [InlineData("services/Worker/Worker.csproj", "ApiPoc.AppHost")]
    [InlineData("services/Worker/Worker.csproj", "polyfills/AWSSDK.SQS")]
    public void Rules_ForbiddenReference_IsNamed(string project, string reference)
    {
        string violation = Assert.Single(DependencyRules.Violations([new ProjectFile(project, [reference])]));
        Assert.StartsWith($"{project} references {reference}: ", violation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services/Worker/Worker.csproj", "libraries/ApiPoc.Domain")]
    [InlineData("ApiPoc.AppHost/ApiPoc.AppHost.csproj", "services/Worker")]
    [InlineData("libraries/ApiPoc.Redis/ApiPoc.Redis.csproj", "libraries/ApiPoc.Domain")]
    public void Rules_AllowedReference_Passes(string project, string reference) =>
        Assert.Empty(DependencyRules.Violations([new ProjectFile(project, [reference])]));

    [Fact]
    public void Projects_AreFound() =>
        Assert.Contains(ProjectFile.All, project => project is { Path: "libraries/ApiPoc.Redis/ApiPoc.Redis.csproj", References: ["libraries/ApiPoc.Domain"] });

    [Fact]
    public void Domain_NeedsNothingButTheBaseClassLibrary()
    {
        const string project = "libraries/ApiPoc.Domain/ApiPoc.Domain.csproj";
        var packages = XDocument.Parse(Repository.Read(project)).Descendants()
            .Where(element => element.Name.LocalName is "PackageReference" or "FrameworkReference" or "Reference")
            .Select(element => $"{project} references {element.Attribute("Include")?.Value}: the domain's rules need no package");
        var assemblies = typeof(Job).Assembly.GetReferencedAssemblies()
            .Where(name => name.Name != "netstandard" && !name.Name!.StartsWith("System.", StringComparison.Ordinal))
            .Select(name => $"{project} uses {name.Name}: the domain's rules need no package");
        Complaint.None(packages.Concat(assemblies));
    }

    [Fact]
    public void Solution_HoldsEveryProjectAndNoPolyfill()
    {
        string solution = Repository.Read("ApiPoc.sln").Replace('\\', '/');
        var missing = ProjectFile.All.Where(project => !project.Path.StartsWith("eng/", StringComparison.Ordinal))
            .Where(project => !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal))
            .Select(project => $"{project.Path} is not in ApiPoc.sln: dotnet sln add --include-references false {project.Path}");
        var polyfills = Repository.Files(".csproj")
            .Where(path => path.StartsWith("polyfills/", StringComparison.Ordinal) && solution.Contains($"\"{path}\"", StringComparison.Ordinal))
            .Select(path => $"{path} is in ApiPoc.sln: on the full feed it must not be built; dotnet sln remove {path}");
        Complaint.None(missing.Concat(polyfills));
    }
}
