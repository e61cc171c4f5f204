package io.nightporter.orchestrator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements with their values, on one connection. Values are text, numbers, moments, enum constants or null. */
final class Sql {

    /** Makes something of the row that the result stands at. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** The row that the result stands at. */
    record Row(ResultSet result) {
        String text(String column) throws SQLException {
            String value = result.getString(column);
            if (value == null) {
                throw new SQLException("there is no " + column);
            }
            return value;
        }

        @Nullable
        String textOrNull(String column) throws SQLException {
            return result.getString(column);
        }

        Instant moment(String column) throws SQLException {
            return Instant.ofEpochMilli(result.getLong(column));
        }

        @Nullable
        Instant momentOrNull(String column) throws SQLException {
            long millis = result.getLong(column);
            return result.wasNull() ? null : Instant.ofEpochMilli(millis);
        }

        int number(String column) throws SQLException {
            return result.getInt(column);
        }

        long big(String column) throws SQLException {
            return result.getLong(column);
        }

        double fraction(String column) throws SQLException {
            return result.getDouble(column);
        }
    }

    private final Connection connection;

    Sql(Connection connection) {
        this.connection = connection;
    }

    void update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.executeUpdate();
        }
    }

    <T> List<T> query(Reader<T> reader, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet result = statement.executeQuery()) {
                var row = new Row(result);
                List<T> found = new ArrayList<>();
                while (result.next()) {
                    found.add(reader.read(row));
                }
                return List.copyOf(found);
            }
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            int place = i + 1;
            switch (values[i]) {
                case null -> statement.setNull(place, Types.NULL);
                case String text -> statement.setString(place, text);
                case Long number -> statement.setLong(place, number);
                case Integer number -> statement.setInt(place, number);
                case Double number -> statement.setDouble(place, number);
                case Instant moment -> statement.setLong(place, moment.toEpochMilli());
                case Enum<?> constant -> statement.setString(place, constant.name());
                case Object other -> throw new IllegalArgumentException("no column holds a " + other.getClass());
            }
        }
    }
}
