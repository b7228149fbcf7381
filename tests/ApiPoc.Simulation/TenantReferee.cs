using ApiPoc.Domain.Quotas;

namespace ApiPoc.Simulation;

/// <summary>A referee for everybody and one for the calls of a tenant, which it knows by their resource; a call that everybody's refuses has charged the tenant's all the same.</summary>
public sealed class TenantReferee(Referee everybodys, string tenantsResource, Referee tenants) : Referee
{
    public override bool TryAccept(string resource, long now) =>
        (resource != tenantsResource || tenants.TryAccept(resource, now)) && everybodys.TryAccept(resource, now);

    public override QuotaHeaders HeadersAt(bool isAccepted, long now) => everybodys.HeadersAt(isAccepted, now);

    public override double OptimalTime(int jobs, long start) => everybodys.OptimalTime(jobs, start);
}
