namespace Aspire.Hosting.Local.Dashboard;

internal static class DashboardResources
{
    public static void AddDashboard(this IDistributedApplicationBuilder builder, AppHostMetadata metadata)
    {
    }
}
