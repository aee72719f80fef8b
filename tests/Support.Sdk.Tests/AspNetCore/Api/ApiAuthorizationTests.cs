using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore;
using Support.Sdk.AspNetCore.Api;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class ApiAuthorizationTests(ApiAuthorizationTests.Server server) : IClassFixture<ApiAuthorizationTests.Server>
{
    private static readonly string[] Roles = [SupportPolicies.ExternalAgent, SupportPolicies.Agent, SupportPolicies.Lead, SupportPolicies.Admin];

    /// <summary>The least role that each operation asks for.</summary>
    private static readonly Dictionary<string, string> Least = new(StringComparer.Ordinal)
    {
        ["GET /tickets"] = SupportPolicies.ExternalAgent,
        ["POST /tickets"] = SupportPolicies.ExternalAgent,
        ["GET /tickets/main/1"] = SupportPolicies.ExternalAgent,
        ["PATCH /tickets/main/1"] = SupportPolicies.ExternalAgent,
        ["GET /tickets/main/1/messages"] = SupportPolicies.ExternalAgent,
        ["POST /tickets/main/1/messages"] = SupportPolicies.ExternalAgent,
        ["GET /tickets/main/1/messages/1"] = SupportPolicies.ExternalAgent,
        ["POST /tickets/main/1/merge"] = SupportPolicies.Lead,
        ["POST /tickets/main/1/split"] = SupportPolicies.Lead,
        ["GET /tickets/main/1/files/x"] = SupportPolicies.ExternalAgent,
        ["POST /files"] = SupportPolicies.ExternalAgent,
        ["GET /customers"] = SupportPolicies.Agent,
        ["GET /customers/main/x"] = SupportPolicies.ExternalAgent,
        ["PATCH /customers/main/x"] = SupportPolicies.Agent,
        ["POST /customers/main/x/merge"] = SupportPolicies.Lead,
        ["POST /customers/main/x/export"] = SupportPolicies.Admin,
        ["POST /customers/main/x/erase"] = SupportPolicies.Admin,
        ["GET /policies"] = SupportPolicies.ExternalAgent,
        ["GET /calendars"] = SupportPolicies.ExternalAgent,
        ["GET /calendars/main/x/due"] = SupportPolicies.ExternalAgent,
        ["GET /openapi.json"] = SupportPolicies.ExternalAgent,
    };

    public static TheoryData<string, string> Matrix()
    {
        var matrix = new TheoryData<string, string>();
        foreach (var operation in Least.Keys)
        {
            foreach (var role in (string[])["nobody", "a stranger", .. Roles])
            {
                matrix.Add(role, operation);
            }
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task A_role_may_do_what_it_is_for_and_nothing_else(string role, string operation)
    {
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);

        var answer = await server.Api.SendAsync(HttpMethod.Parse(method), path, role: role is "nobody" ? null : role);

        var isAllowed = Array.IndexOf(Roles, role) >= Array.IndexOf(Roles, Least[operation]);
        var isLetIn = answer.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
        Assert.Equal(isAllowed, isLetIn);
        Assert.True(isLetIn || answer.Status == (role is "nobody" ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden));
    }

    [Fact]
    public void Every_mapped_endpoint_stands_in_the_matrix()
    {
        var mapped = server
            .Api.Endpoints()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ApiGate>() is not null)
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {Path(endpoint)}");

        Assert.Equal(Least.Keys.Order(), mapped.Order());
    }

    [Fact]
    public async Task A_policy_of_the_application_decides_instead_of_the_role_whenever_it_is_defined()
    {
        await using var api = await ApiApplication.StartAsync(
            support =>
                support
                    .AddShop(Given.Shop)
                    .Services.AddAuthorization(options => options.AddPolicy(SupportPolicies.Agent, policy => policy.RequireRole("helper"))),
            services => services.AddAuthorizationBuilder().AddPolicy(SupportPolicies.Lead, policy => policy.RequireRole("chief"))
        );

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/customers?shop=main", "helper")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.GetAsync("/customers?shop=main", SupportPolicies.Agent)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.PostAsync("/tickets/main/7/merge", """{"into":8}""", "chief")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.PostAsync("/tickets/main/7/merge", """{"into":8}""", SupportPolicies.Lead)).Status);
    }

    [Fact]
    public async Task Who_fulfils_a_policy_of_the_application_fulfils_the_ones_below_it()
    {
        await using var api = await ApiApplication.StartAsync(with: services =>
            services.AddAuthorizationBuilder().AddPolicy(SupportPolicies.Admin, policy => policy.RequireRole("owner"))
        );

        foreach (var path in (string[])["/tickets?shop=main", "/customers?shop=main"])
        {
            (await api.GetAsync(path, "owner")).Is(HttpStatusCode.OK);
        }

        (await api.PostAsync("/tickets/main/7/merge", """{"into":8}""", "owner")).Is(HttpStatusCode.NotFound);
        (await api.PostAsync("/customers/main/x/export", "", "owner")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_policy_may_let_somebody_into_one_shop_only()
    {
        await using var api = await ApiApplication.StartAsync(with: services =>
            services
                .AddAuthorizationBuilder()
                .AddPolicy(
                    SupportPolicies.ExternalAgent,
                    policy =>
                        policy.RequireAssertion(context =>
                            context.Resource is Microsoft.AspNetCore.Http.HttpContext http
                            && (http.GetRouteValue("shop") as string ?? http.Request.Query["shop"].ToString()) is "main"
                        )
                )
        );
        var own = await api.OpenAsync();
        var other = await api.OpenAsync(shop: "other");

        (await api.GetAsync($"/tickets/main/{own}")).Is(HttpStatusCode.OK);
        (await api.GetAsync($"/tickets/other/{other}")).Is(HttpStatusCode.Forbidden);
        (await api.GetAsync("/tickets?shop=other")).Is(HttpStatusCode.Forbidden);
        (await api.PostAsync("/tickets?shop=other", """{"text":"Hello"}""")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Each_act_stands_in_the_history_by_the_id_of_who_did_it()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        await api.PostAsync($"/tickets/main/{number}/messages", """{"kind":"note","text":"Called back."}""", user: "u-17");

        Assert.Equal(
            "u-17",
            (await api.GetAsync($"/tickets/main/{number}/messages")).Json.GetProperty("items").EnumerateArray().Last().GetProperty("by").GetString()
        );
    }

    [Theory]
    [InlineData("customer")]
    [InlineData("engine")]
    [InlineData(" ")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789-")]
    public async Task Whose_id_stands_for_nobody_may_read_and_not_write(string user)
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        var read = await api.SendAsync(HttpMethod.Get, $"/tickets/main/{number}", user: user);
        var written = await api.PostAsync($"/tickets/main/{number}/messages", """{"kind":"note","text":"Hello"}""", user: user);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (read.Status, written.Status));
        Assert.Contains("does not tell who you are", written["detail"], StringComparison.Ordinal);
    }

    private static string Path(RouteEndpoint endpoint) =>
        endpoint
            .RoutePattern.RawText![ApiApplication.Root.Length..]
            .Replace("{shop}", "main", StringComparison.Ordinal)
            .Replace("{number:long:min(1)}", "1", StringComparison.Ordinal)
            .Replace("{message:long:min(1)}", "1", StringComparison.Ordinal)
            .Replace("{file}", "x", StringComparison.Ordinal)
            .Replace("{name}", "x", StringComparison.Ordinal)
            .Replace("{id}", "x", StringComparison.Ordinal);

    public sealed class Server : IAsyncLifetime
    {
        internal ApiApplication Api { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Api = await ApiApplication.StartAsync();

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }
}
