using FluentMigrator.Builders.Create;

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
