package io.nightporter.orchestrator.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one database, which is this process's own as long as it is open: two orchestrators with the same
 * records would start everything twice.
 *
 * @param connections ready to use, with the tables as this version wants them
 * @param claim what keeps others away; closed last
 * @param oneWriter whether the database lets only one write at a time
 */
record Database(HikariDataSource connections, Claim claim, boolean oneWriter) implements AutoCloseable {
    private static final String SQLITE = "sqlite:";
    private static final String POSTGRESQL = "postgresql:";
    private static final String MIGRATIONS = "classpath:io/nightporter/orchestrator/store";

    /** Of the newest migration there. */
    static final int VERSION = 2;

    private static final int CONNECTIONS = 4;
    private static final long CONNECT_MILLIS = 10_000;

    /**
     * @param url {@code sqlite:FILE}, with parameters of the JDBC driver behind a question mark, or {@code postgresql://HOST/DATABASE?user=…}
     * @param directory what a file's name is relative to
     */
    static Database open(String url, Path directory) {
        if (url.startsWith(SQLITE)) {
            String[] parts = url.substring(SQLITE.length()).split("\\?", 2);
            return sqlite(directory.resolve(parts[0]), parts.length > 1 ? "&" + parts[1] : "");
        }
        if (url.startsWith(POSTGRESQL)) {
            return postgresql(url);
        }
        throw new StoreException(
            "The store must begin with sqlite: or postgresql:, such as sqlite:nightporter.db or " +
                "postgresql://host/database?user=nightporter.",
            null
        );
    }

    private static Database sqlite(Path file, String parameters) {
        Claim claim = claimFile(file);
        var config = config();
        // Readers don't wait for the writer, and what was committed survives a power cut.
        config.setJdbcUrl("jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000" + parameters);
        config.addDataSourceProperty("foreign_keys", "true");
        config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        String name = "The database file " + file;
        HikariDataSource connections;
        try {
            connections = connect(config, name);
        } catch (StoreException e) {
            release(claim);
            throw e;
        }
        return migrated(connections, claim, true, name);
    }

    private static Claim claimFile(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel channel = FileChannel.open(
                Path.of(file + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE
            );
            FileLock lock = locked(channel);
            if (lock == null) {
                channel.close();
                throw taken("The database file " + file);
            }
            return new FileClaim(channel);
        } catch (IOException e) {
            throw new StoreException(
                "The database file " +
                    file +
                    " cannot be used: " +
                    e.getMessage() +
                    ". Make the folder writable for Nightporter, or name another file under store.",
                e
            );
        }
    }

    /** Nobody can take it away. */
    private record FileClaim(FileChannel channel) implements Claim {
        @Override
        public void hold() {
            // It is held until it is closed.
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static Database postgresql(String url) {
        var config = config();
        config.setJdbcUrl("jdbc:" + url);
        config.addDataSourceProperty("ApplicationName", "nightporter");
        // A server that has vanished from the network is noticed, however long a statement takes.
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "60");
        String name = "The database " + withoutParameters(url);
        HikariDataSource connections = connect(config, name);
        try {
            var claim = new SessionClaim(connections, name);
            claim.hold();
            return migrated(connections, claim, false, name);
        } catch (SQLException e) {
            connections.close();
            throw unusable(name, e);
        } catch (StoreException e) {
            connections.close();
            throw e;
        }
    }

    private static HikariConfig config() {
        var config = new HikariConfig();
        config.setPoolName("store");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setMaxLifetime(0);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setInitializationFailTimeout(1);
        return config;
    }

    private static HikariDataSource connect(HikariConfig config, String name) {
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw unusable(name, e);
        }
    }

    private static Database migrated(HikariDataSource connections, Claim claim, boolean oneWriter, String name) {
        try {
            int version = version(connections);
            if (version > VERSION) {
                throw new StoreException(
                    name +
                        " was written by a newer version of Nightporter. Run that one, or restore a backup from before.",
                    null
                );
            }
            if (version < VERSION) {
                Flyway.configure(Database.class.getClassLoader())
                    .dataSource(connections)
                    .locations(MIGRATIONS)
                    .loggers(MigrationLog.class.getName())
                    .load()
                    .migrate();
            }
            return new Database(connections, claim, oneWriter);
        } catch (FlywayException e) {
            release(claim);
            connections.close();
            throw unusable(name, e);
        } catch (StoreException e) {
            release(claim);
            connections.close();
            throw e;
        }
    }

    /**
     * Of the tables; 0: there are none. Asked before anything else, because most of the time there is nothing to migrate, and
     * Flyway alone takes longer to get going than everything else that the program does at its start.
     */
    private static int version(HikariDataSource connections) {
        try (
            Connection connection = connections.getConnection();
            PreparedStatement statement = connection.prepareStatement(
                "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success"
            );
            ResultSet result = statement.executeQuery()
        ) {
            return result.next() ? result.getInt(1) : 0;
        } catch (SQLException _) {
            // There is no such table. If something else is wrong, Flyway will say so.
            return 0;
        }
    }

    static StoreException taken(String name) {
        return new StoreException(
            name + " is in use by another Nightporter. Stop that one, or give this one a store of its own.",
            null
        );
    }

    private static StoreException unusable(String name, Exception e) {
        Throwable reason = e;
        while (reason.getCause() != null && !(reason instanceof SQLException)) {
            reason = reason.getCause();
        }
        return new StoreException(
            name +
                " cannot be used: " +
                String.valueOf(reason.getMessage()).strip() +
                ". Check what is written under store, and that the database is up.",
            e
        );
    }

    /** The parameters may have a password. */
    private static String withoutParameters(String url) {
        int question = url.indexOf('?');
        String place = question < 0 ? url : url.substring(0, question);
        return place.replaceFirst("//[^/@]*@", "//");
    }

    private static void release(Claim claim) {
        try {
            claim.close();
        } catch (Exception _) {
            // It is released with the process at the latest, and there is nothing else to be done.
        }
    }

    @Override
    public void close() {
        release(claim);
        connections.close();
    }
}
