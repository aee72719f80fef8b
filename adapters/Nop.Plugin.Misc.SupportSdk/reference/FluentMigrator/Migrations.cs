using FluentMigrator.Builders.Create;
using FluentMigrator.Builders.Create.Table;

namespace FluentMigrator
{
    public abstract class MigrationBase : IMigration
    {
        public abstract void Up();

        public abstract void Down();

        public ICreateExpressionRoot Create => throw new NotSupportedException();
    }

    public abstract class AutoReversingMigration : MigrationBase
    {
        public sealed override void Down() => throw new NotSupportedException();
    }
}

namespace FluentMigrator.Builders.Create.Table
{
    public class CreateTableExpressionBuilder : ICreateTableWithColumnSyntax
    {
        public ICreateTableColumnAsTypeSyntax WithColumn(string name) => throw new NotSupportedException();
    }
}
