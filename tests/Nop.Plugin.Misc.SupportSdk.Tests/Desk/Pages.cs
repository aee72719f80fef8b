using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Nop.Services.Localization;
using Nop.Web.Components;
using Nop.Web.Framework.UI;
using NSubstitute;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Desk;

/// <summary>Renders the plugin's views as the shop does, but for its layout.</summary>
internal sealed class Pages : IAsyncDisposable
{
    private static readonly Assembly Views = typeof(CustomerNavigationViewComponent).Assembly;
    private readonly ServiceProvider _services;

    public Pages(ILocalizationService words)
    {
        var services = new ServiceCollection();
        var environment = Substitute.For<IWebHostEnvironment>();
        environment.ApplicationName.Returns(Views.GetName().Name!);
        environment.ContentRootFileProvider.Returns(new NullFileProvider());
        environment.WebRootFileProvider.Returns(new NullFileProvider());
        services.AddSingleton(environment);
        var listener = new DiagnosticListener("test");
        services.AddSingleton(listener);
        services.AddSingleton<DiagnosticSource>(listener);
        services.AddLogging();
        services.AddMvc().AddApplicationPart(Views);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddSingleton(words);
        services.AddSingleton(Substitute.For<INopHtmlHelper>());
        var links = Substitute.For<IUrlHelperFactory>();
        var link = Substitute.For<IUrlHelper>();
        link.Action(default!).ReturnsForAnyArgs(call => Link(call.Arg<UrlActionContext>()));
        links.GetUrlHelper(default!).ReturnsForAnyArgs(link);
        services.AddSingleton(links);
        _services = services.BuildServiceProvider();
    }

    public HttpContext Request() => new DefaultHttpContext { RequestServices = _services };

    public async Task<string> RenderAsync(ViewResult result)
    {
        await using var scope = _services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var route = new RouteData();
        route.Values["controller"] = "Support";
        var action = new ActionContext(context, route, new ActionDescriptor());
        var found = scope.ServiceProvider.GetRequiredService<IRazorViewEngine>().GetView(executingFilePath: null, result.ViewName!, isMainPage: true);
        found.EnsureSuccessful(originalLocations: null);
        await using var writer = new StringWriter();
        await found.View!.RenderAsync(
            new ViewContext(
                action,
                found.View,
                new ViewDataDictionary(result.ViewData) { Model = result.Model },
                scope.ServiceProvider.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(context),
                writer,
                new HtmlHelperOptions()
            )
        );
        return writer.ToString();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static string Link(UrlActionContext to)
    {
        var values = new RouteValueDictionary(to.Values);
        var query = string.Join('&', values.Where(value => value.Value is not null).Select(value => $"{value.Key}={value.Value}"));
        return $"/{to.Controller}/{to.Action}?{query}";
    }
}
