using System.Text;
using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Misc.SupportSdk.Tests;

/// <summary>Files as a form brings them.</summary>
internal static class ChosenFile
{
    public static IFormFile Of(string name, string content) => Of(name, Encoding.UTF8.GetBytes(content));

    public static IFormFile Of(string name, byte[] content) =>
        new FormFile(new MemoryStream(content), 0, content.Length, "Files", name) { Headers = new HeaderDictionary(), ContentType = "text/plain" };
}
