namespace ApiPoc.Gateway.Registry;

/// <summary>Keeps the copy of the registry up to date and writes the definition's seeds into the registry.</summary>
internal sealed class RegistryService(
    RegistryReplica replica, RegistrySeeder seeder, RegistryAnnouncements announcements, ILogger<RegistryService> logger) : BackgroundService
{
    private bool _isReachable = true;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await UpdateAsync(stoppingToken);
                await announcements.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task UpdateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await replica.RefreshAsync(cancellationToken);
            await seeder.SeedAsync(cancellationToken);
            if (!_isReachable)
                logger.RegistryReachable();
            _isReachable = true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (_isReachable)
                logger.RegistryUnreachable(failure);
            _isReachable = false;
        }
    }
}
