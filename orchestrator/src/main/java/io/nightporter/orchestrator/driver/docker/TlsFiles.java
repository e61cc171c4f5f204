package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.core.util.CertificateUtils;
import com.github.dockerjava.transport.SSLConfig;
import io.nightporter.orchestrator.driver.BadDefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Whom to believe, and who we are: three PEM files as {@code docker --tlsverify} has them.
 *
 * @param ca who signed the engine's certificate
 * @param cert ours
 * @param key of ours
 */
record TlsFiles(Path ca, Path cert, Path key) {
    /**
     * Reads them, so that what is wrong with them is known now.
     *
     * @throws BadDefinitionException when one cannot be read, or is something else
     */
    SSLConfig read(String node) throws BadDefinitionException {
        // The reader of PEM files looks for its own provider by name.
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
        try {
            KeyStore ours = CertificateUtils.createKeyStore(Files.readString(key), Files.readString(cert));
            KeyStore trusted = CertificateUtils.createTrustStore(Files.readString(ca));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            // The password that docker-java gives to the store that it keeps in memory.
            keys.init(ours, "docker".toCharArray());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return () -> context;
        } catch (NoSuchFileException e) {
            throw bad(node, "there is no file " + e.getFile(), e);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw bad(node, String.valueOf(e.getMessage()), e);
        }
    }

    private BadDefinitionException bad(String node, String reason, Exception cause) {
        return new BadDefinitionException(
            "the certificates of node " + node + " cannot be used: " + reason,
            "The settings ca, cert and key name PEM files (here " +
                ca +
                ", " +
                cert +
                " and " +
                key +
                ") that Nightporter may read.",
            cause
        );
    }
}
