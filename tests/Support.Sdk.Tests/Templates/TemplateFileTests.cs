using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Orders;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Templates;

public sealed class TemplateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-templates-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_pair_of_files_is_a_template()
    {
        Write("order-delayed.sv.txt", "Subject: Order {{ order.number }}\r\n\r\nHej {{ customer.name }}\r\nsista raden\r\n");
        Write("order-delayed.sv.html", "\uFEFF<p>Hej</p>");
        Write("notes.md", "not a template");

        var template = Assert.Single(Added("nordlys"));

        Assert.Equal((NoticeKinds.OrderDelayed, "sv", "nordlys"), (template.Kind, template.Culture, template.Shop));
        Assert.Equal(" Order {{ order.number }}", template.Subject);
        Assert.Equal("Hej {{ customer.name }}\nsista raden\n", template.Text);
        Assert.Equal("<p>Hej</p>", template.Html);
    }

    [Fact]
    public void A_fault_names_the_file_the_line_and_the_column_that_its_author_sees()
    {
        Write("order-delayed.sv.txt", "Subject: {{ a }}\n\nHej\n  {{ b }}\n");
        Write("order-delayed.sv.html", "<p>\n{{ c }}</p>");

        var exception = Assert.Throws<InvalidOperationException>(() => new TemplateCatalog(Added()));

        Assert.Contains($"{PathOf("order-delayed.sv.txt")}(1,13): unknown variable `a`", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{PathOf("order-delayed.sv.txt")}(4,6): unknown variable `b`", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{PathOf("order-delayed.sv.html")}(2,4): unknown variable `c`", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order-delayed.sv.txt", "Subject: a\n\nb", "order-delayed.sv.html(1,1): the file is missing")]
    [InlineData("order-delayed.sv.html", "<p></p>", "order-delayed.sv.txt(1,1): the file is missing")]
    [InlineData("order-delayed.sv.txt", "Hej\n\nb", "order-delayed.sv.txt(1,1): the first line is no subject")]
    [InlineData("order-delayed.sv.txt", "Subject: a\nb", "order-delayed.sv.txt(2,1): the second line is not empty")]
    [InlineData("order-delayed.sv.txt", "Subject: a", "order-delayed.sv.txt(2,1): the second line is not empty")]
    [InlineData("order-eaten.sv.txt", "Subject: a\n\nb", "order-eaten.sv.txt(1,1): unknown kind 'order-eaten'")]
    [InlineData("order-delayed.xx-Nowhere.txt", "Subject: a\n\nb", "order-delayed.xx-Nowhere.txt(1,1): unknown culture 'xx-Nowhere'")]
    [InlineData("order-delayed.txt", "Subject: a\n\nb", "order-delayed.txt(1,1): the name of the file does not tell kind and culture")]
    public void A_file_that_is_not_as_it_should_be_is_named_with_what_to_do(string name, string content, string expected)
    {
        Write(name, content);

        var exception = Assert.Throws<InvalidOperationException>(() => Added());

        Assert.Contains(PathOf(expected), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_another_encoding_is_named_with_the_place()
    {
        File.WriteAllBytes(PathOf("order-delayed.sv.txt"), Encoding.Latin1.GetBytes("Subject: a\n\nHej å"));
        Write("order-delayed.sv.html", "<p></p>");

        var exception = Assert.Throws<InvalidOperationException>(() => Added());

        Assert.Contains($"{PathOf("order-delayed.sv.txt")}(3,5): the file is not UTF-8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_faulty_file_is_listed_and_none_is_added()
    {
        Write("order-delayed.sv.txt", "Subject: a\n\nb");
        Write("order-delayed.sv.html", "<p></p>");
        Write("order-shipped.sv.txt", "no subject");
        Write("order-eaten.sv.html", "");
        var builder = new Builder();

        var exception = Assert.Throws<InvalidOperationException>(() => builder.AddTemplates(_folder));

        Assert.Contains("order-shipped.sv.html(1,1)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("unknown kind 'order-eaten'", exception.Message, StringComparison.Ordinal);
        Assert.Empty(builder.Services);
    }

    [Fact]
    public void A_folder_that_is_missing_or_empty_is_an_error()
    {
        Assert.Contains("the folder has no templates", Assert.Throws<InvalidOperationException>(() => Added()).Message, StringComparison.Ordinal);
        Assert.Contains(
            "there is no such folder",
            Assert.Throws<InvalidOperationException>(() => new Builder().AddTemplates(PathOf("nowhere"))).Message,
            StringComparison.Ordinal
        );
    }

    private List<MessageTemplate> Added(string? shop = null)
    {
        var builder = new Builder();
        builder.AddTemplates(_folder, shop);
        return [.. builder.Services.Select(service => (MessageTemplate)service.ImplementationInstance!)];
    }

    private void Write(string name, string content) => File.WriteAllText(PathOf(name), content);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private sealed class Builder : ISupportBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();
    }
}
