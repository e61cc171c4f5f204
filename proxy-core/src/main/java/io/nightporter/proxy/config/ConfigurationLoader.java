package io.nightporter.proxy.config;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a configuration file, whole and strictly. */
public final class ConfigurationLoader {

    private static final Logger log = LoggerFactory.getLogger(ConfigurationLoader.class);

    private ConfigurationLoader() {}

    /**
     * Reads the file; what is doubtful about it is logged. Blocks.
     *
     * @throws ConfigurationException with everything that is wrong with the file
     */
    public static Configuration load(Path file) throws ConfigurationException {
        return load(file, warning -> log.warn("configuration doubtful problem=\"{}\"", warning));
    }

    /**
     * Reads the file. Blocks.
     *
     * @param warnings gets what is doubtful about the file, in the order of its lines
     * @throws ConfigurationException with everything that is wrong with the file
     */
    public static Configuration load(Path file, Consumer<ConfigurationProblem> warnings) throws ConfigurationException {
        Reading reading = new Reading(file);
        Configuration configuration = ConfigurationReader.read(reading);
        reading.warnings().forEach(warnings);
        return configuration;
    }
}
