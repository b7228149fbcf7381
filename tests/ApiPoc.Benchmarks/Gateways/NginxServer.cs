using System.Diagnostics;

namespace ApiPoc.Benchmarks.Gateways;

/// <summary>
/// nginx with <c>limit_req</c>: as Debian configures it and its manual forwards (an access log, a connection per call) below <c>/plain</c>, tuned
/// (no log, connections kept) below <c>/</c>, with <c>proxy_cache</c> below <c>/cached</c>. Measured where it is installed.
/// </summary>
internal static class NginxServer
{
    private static readonly string? Program =
        new[] { "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx" }.FirstOrDefault(File.Exists);

    /// <summary>Whether it can be measured.</summary>
    public static bool IsInstalled => Program is not null;

    /// <summary>Its version as it says it; empty when it is not installed.</summary>
    public static string Version()
    {
        if (Program is null)
            return "";
        using var asked = Process.Start(new ProcessStartInfo(Program, "-v") { UseShellExecute = false, RedirectStandardError = true })!;
        return asked.StandardError.ReadToEnd().Trim().Replace("nginx version: ", "", StringComparison.Ordinal);
    }

    /// <summary>Starts it in front of <paramref name="backend"/>.</summary>
    public static Task<ServerProcess> StartAsync(int port, string backend)
    {
        string folder = Directory.CreateTempSubdirectory("apipoc-nginx-").FullName;
        string configuration = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(configuration, Configuration(folder, port, new Uri(backend).Authority));
        return ServerProcess.StartAsync(Program!, ["-c", configuration, "-e", Path.Combine(folder, "error.log")], folder, port);
    }

    private static string Configuration(string folder, int port, string backend) => $$"""
        daemon off;
        user {{Environment.UserName}};
        pid {{folder}}/nginx.pid;
        worker_processes auto;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          proxy_cache_path {{folder}}/cache keys_zone=answers:10m;
          limit_req_zone $http_x_api_key zone=keys:10m rate=1000000r/s;
          upstream backend { server {{backend}}; keepalive 64; }
          server {
            listen 127.0.0.1:{{port}};
            keepalive_requests 1000000000;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            location /plain/ { access_log {{folder}}/access.log; proxy_http_version 1.0; proxy_set_header Connection close; limit_req zone=keys burst=1000000 nodelay; proxy_pass http://{{backend}}/; }
            location / { limit_req zone=keys burst=1000000 nodelay; proxy_pass http://backend; }
            location /cached/ { proxy_cache answers; proxy_cache_valid 200 1h; proxy_ignore_headers Cache-Control Expires; proxy_pass http://backend/; }
          }
        }
        """;
}
