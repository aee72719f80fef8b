using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Support.Sdk.EntityFrameworkCore;

/// <summary>Writes one of our tables into a model as our own scripts make it: names, types and defaults are set, whatever conventions the model has.</summary>
internal sealed class SupportTable
{
    private readonly EntityTypeBuilder<Dictionary<string, object>> _entity;
    private readonly bool _isPostgres;

    private SupportTable(EntityTypeBuilder<Dictionary<string, object>> entity, bool isPostgres) => (_entity, _isPostgres) = (entity, isPostgres);

    public static SupportTable In(ModelBuilder model, string name, bool isPostgres)
    {
        var entity = model.SharedTypeEntity<Dictionary<string, object>>(name);
        // No convention picks a key: it would, and forget what was said of the column when it is none.
        entity.ToTable(name).HasNoKey();
        return new SupportTable(entity, isPostgres);
    }

    /// <summary>A number that the database counts up, and the key.</summary>
    public SupportTable Counted(string name)
    {
        Column<long>(name).ValueGeneratedOnAdd();
        _entity.HasKey(name);
        return this;
    }

    public SupportTable Texts(params string[] names) => Each(names, name => Text(name).IsRequired());

    public SupportTable MaybeTexts(params string[] names) => Each(names, name => Text(name).IsRequired(false));

    public SupportTable Numbers(params string[] names) => Each(names, name => Column<long>(name));

    public SupportTable MaybeNumbers(params string[] names) => Each(names, name => Column<long?>(name));

    /// <summary>Numbers that begin with 0.</summary>
    public SupportTable Zeros(params string[] names) => Each(names, name => Column<long>(name).HasDefaultValue(0L));

    public SupportTable Bytes(string name) => Bytes(name, isRequired: true);

    public SupportTable MaybeBytes(string name) => Bytes(name, isRequired: false);

    public SupportTable Key(params string[] columns)
    {
        _entity.HasKey(columns);
        foreach (var column in columns)
        {
            _entity.Property(column).ValueGeneratedNever();
        }

        return this;
    }

    public SupportTable Unique(params string[] columns)
    {
        _entity.HasIndex(columns).IsUnique();
        return this;
    }

    /// <summary>Unique among some of the rows.</summary>
    public SupportTable UniqueWhere(string name, string filter, params string[] columns)
    {
        _entity.HasIndex(columns, name).IsUnique().HasFilter(filter);
        return this;
    }

    public SupportTable Index(string name, string? filter, params string[] columns)
    {
        _entity.HasIndex(columns, name).HasFilter(filter);
        return this;
    }

    /// <summary>Room on the pages for rows that change often, and an early vacuum.</summary>
    public SupportTable Changing(int fillfactor)
    {
        if (_isPostgres)
        {
            // As the provider for PostgreSQL names them.
            _entity.HasAnnotation("Npgsql:StorageParameter:autovacuum_analyze_scale_factor", 0.02m);
            _entity.HasAnnotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0.02m);
            _entity.HasAnnotation("Npgsql:StorageParameter:fillfactor", fillfactor);
        }

        return this;
    }

    public void Rows(params Dictionary<string, object>[] rows) => _entity.HasData(rows);

    private SupportTable Bytes(string name, bool isRequired)
    {
        _entity.Property<byte[]>(name).HasColumnName(name).HasColumnType(_isPostgres ? "bytea" : "BLOB").IsRequired(isRequired);
        return this;
    }

    private SupportTable Each(string[] names, Action<string> add)
    {
        Array.ForEach(names, add);
        return this;
    }

    private PropertyBuilder<T> Column<T>(string name) => _entity.Property<T>(name).HasColumnName(name).HasColumnType(_isPostgres ? "bigint" : "INTEGER");

    // Keys compare ordinally, in every locale.
    private PropertyBuilder<string> Text(string name)
    {
        var column = _entity.Property<string>(name).HasColumnName(name).HasColumnType(_isPostgres ? "text" : "TEXT");
        return _isPostgres ? column.UseCollation("C") : column;
    }
}
