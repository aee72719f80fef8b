using Microsoft.SqlServer.TransactSql.ScriptDom;
using Support.Sdk.Relational;
using Xunit;

namespace Support.Sdk.Tests.Relational;

/// <summary>SQL Server does not run here: its own parser reads what would be sent to it, and every name in it is looked up.</summary>
public sealed class SqlServerStatementTests
{
    public static TheoryData<string> Statements => [.. StatementTexts.Of(new SqlServerDialect())];

    [Fact]
    public void All_statements_are_found() => Assert.InRange(Statements.Count, 100, 160);

    [Fact]
    public void The_tables_are_those_of_the_other_databases()
    {
        var tables = Tables();

        Assert.Equal(Tables("sqlite"), tables.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("lease_token", tables["support_outbox"]);
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_is_good_SQL_and_names_what_there_is(string statement)
    {
        var names = new Names(Tables());

        Parse(statement).Accept(names);

        Assert.Empty(names.Unknown);
    }

    [Theory]
    [InlineData("SELECT id FROM support_inbox LIMIT 1")]
    [InlineData("UPDATE support_inbox SET state = 'Done' RETURNING id")]
    public void The_parser_refuses_what_only_others_know(string statement) => Assert.Throws<FormatException>(() => Parse(statement));

    [Fact]
    public void A_name_that_is_not_there_is_found()
    {
        var names = new Names(Tables());

        Parse("SELECT nothing FROM support_inbox JOIN support_nowhere ON 1 = 1").Accept(names);

        Assert.Equal(["nothing", "support_nowhere"], names.Unknown.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Tables(string dialect) =>
        SupportSchema
            .Scripts(dialect)
            .SelectMany(script => script.Split('\n'))
            .Where(line => line.StartsWith("CREATE TABLE ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2])
            .Order(StringComparer.Ordinal);

    private static Dictionary<string, HashSet<string>> Tables()
    {
        var tables = new Created();
        foreach (var script in SupportSchema.Scripts("sqlserver"))
        {
            Parse(script).Accept(tables);
        }

        return tables.Columns;
    }

    private static TSqlFragment Parse(string text)
    {
        using var reader = new StringReader(text);
        // That of SQL Server 2017, the oldest that the dialect is for.
        var fragment = new TSql140Parser(initialQuotedIdentifiers: true).Parse(reader, out var faults);
        return faults.Count == 0 ? fragment : throw new FormatException($"{faults[0].Message} (line {faults[0].Line}): {text}");
    }

    private sealed class Created : TSqlFragmentVisitor
    {
        public Dictionary<string, HashSet<string>> Columns { get; } = new(StringComparer.Ordinal);

        public override void Visit(CreateTableStatement node) =>
            Columns.Add(
                node.SchemaObjectName.BaseIdentifier.Value,
                node.Definition.ColumnDefinitions.Select(column => column.ColumnIdentifier.Value).ToHashSet(StringComparer.Ordinal)
            );
    }

    /// <summary>Gathers what a statement names, and what it gives a name to itself.</summary>
    private sealed class Names(Dictionary<string, HashSet<string>> tables) : TSqlFragmentVisitor
    {
        private readonly HashSet<string> _given = [.. tables.Values.SelectMany(columns => columns)];
        private readonly HashSet<string> _parts = [];
        private readonly List<string> _columns = [];
        private readonly List<string> _tables = [];

        public IEnumerable<string> Unknown =>
            _columns.Where(column => !_given.Contains(column)).Concat(_tables.Where(table => !tables.ContainsKey(table) && !_parts.Contains(table)));

        public override void Visit(ColumnReferenceExpression node)
        {
            if (node.MultiPartIdentifier is { } name)
            {
                _columns.Add(name.Identifiers[^1].Value);
            }
        }

        public override void Visit(NamedTableReference node) => _tables.Add(node.SchemaObject.BaseIdentifier.Value);

        public override void Visit(CommonTableExpression node)
        {
            _parts.Add(node.ExpressionName.Value);
            _given.UnionWith(node.Columns.Select(column => column.Value));
        }

        public override void Visit(SelectScalarExpression node)
        {
            if (node.ColumnName is { } name)
            {
                _given.Add(name.Value);
            }
        }

        public override void Visit(QueryDerivedTable node) => _given.UnionWith(node.Columns.Select(column => column.Value));

        public override void Visit(SchemaDeclarationItem node) => _given.Add(node.ColumnDefinition.ColumnIdentifier.Value);

        public override void Visit(DeclareTableVariableBody node) =>
            _given.UnionWith(node.Definition.ColumnDefinitions.Select(column => column.ColumnIdentifier.Value));
    }
}
