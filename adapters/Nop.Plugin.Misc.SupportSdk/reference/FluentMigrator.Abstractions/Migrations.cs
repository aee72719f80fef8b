using FluentMigrator.Builders.Create;
using FluentMigrator.Infrastructure;

namespace FluentMigrator
{
    public interface IMigration { }

    [AttributeUsage(AttributeTargets.Class)]
    public class MigrationAttribute : Attribute
    {
        public MigrationAttribute(long version, string description) => (Version, Description) = (version, description);

        public long Version { get; }

        public string Description { get; }
    }
}

namespace FluentMigrator.Builders.Create
{
    public interface ICreateExpressionRoot { }
}

namespace FluentMigrator.Builders
{
    public interface IColumnTypeSyntax<TNext> : IFluentSyntax
        where TNext : IFluentSyntax
    {
        TNext AsString(int size);
    }

    public interface IColumnOptionSyntax<TNext, TNextFk> : IFluentSyntax
        where TNext : IFluentSyntax
        where TNextFk : IFluentSyntax
    {
        TNext Indexed();

        TNext Nullable();

        TNext NotNullable();

        TNext Unique();
    }
}

namespace FluentMigrator.Builders.Create.Table
{
    public interface ICreateTableColumnAsTypeSyntax : IColumnTypeSyntax<ICreateTableColumnOptionOrWithColumnSyntax> { }

    public interface ICreateTableColumnOptionOrWithColumnSyntax
        : IColumnOptionSyntax<ICreateTableColumnOptionOrWithColumnSyntax, ICreateTableColumnOptionOrForeignKeyCascadeOrWithColumnSyntax>,
            ICreateTableWithColumnSyntax { }

    public interface ICreateTableColumnOptionOrForeignKeyCascadeOrWithColumnSyntax : ICreateTableColumnOptionOrWithColumnSyntax { }

    public interface ICreateTableWithColumnSyntax : IFluentSyntax
    {
        ICreateTableColumnAsTypeSyntax WithColumn(string name);
    }
}

namespace FluentMigrator.Infrastructure
{
    public interface IFluentSyntax { }
}
