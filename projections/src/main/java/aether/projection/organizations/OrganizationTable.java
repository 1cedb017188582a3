package aether.projection.organizations;

import aether.projection.database.Bind;
import aether.projection.database.Table;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The rows of organizations. */
public final class OrganizationTable implements Table<OrganizationView> {

    @Override
    public String selectById() {
        return "select * from organization where id = ?";
    }

    @Override
    public String upsert() {
        return """
                insert into organization (id, slug, name, created_position, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (id) do update set
                    slug = excluded.slug, name = excluded.name, updated_at = excluded.updated_at
                """;
    }

    @Override
    public void bind(PreparedStatement statement, OrganizationView view) throws SQLException {
        Bind.all(
                statement,
                view.id(),
                view.slug(),
                view.name(),
                view.createdPosition(),
                view.createdAt(),
                view.updatedAt());
    }

    @Override
    public OrganizationView read(ResultSet row) throws SQLException {
        return new OrganizationView(
                Bind.id(row, "id"),
                row.getString("slug"),
                row.getString("name"),
                row.getLong("created_position"),
                Bind.instant(row, "created_at"),
                Bind.instant(row, "updated_at"));
    }

    @Override
    public UUID id(OrganizationView view) {
        return view.id();
    }
}
