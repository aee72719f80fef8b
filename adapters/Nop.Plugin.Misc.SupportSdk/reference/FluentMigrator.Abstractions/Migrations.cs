using FluentMigrator.Builders.Create;

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
