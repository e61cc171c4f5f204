package io.nightporter.proxy.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;

/**
 * Files that the configuration names. All methods throw {@link IllegalArgumentException} with a sentence that says
 * what is wrong; none ever quotes what is in a secret file.
 */
final class ReferencedFiles {

    private static final byte[] PNG = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
    private static final int PNG_HEADER = 33;
    private static final int FAVICON_SIDE = 64;

    /** Clients refuse a status answer of more than 32767 characters; in base64 this leaves 5000 for the rest. */
    private static final int MAX_FAVICON = 20 * 1024;

    private static final int MAX_SECRET = 4096;

    private ReferencedFiles() {}

    static Path existing(Path file, String written) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no file " + Place.quote(written) + " (" + looked(file) + ")");
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(Place.quote(written) + " is not a file");
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                Place.quote(written) + " may not be read by the user that runs Nightporter; change its permissions"
            );
        }
        return file;
    }

    /** A folder that exists, or that can be made because nothing else has its name. */
    static Path folder(Path folder, String written) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(Place.quote(written) + " is a file, not a folder");
        }
        return folder;
    }

    /** The picture as {@code data:image/png;base64,…}. */
    static String favicon(Path file, String written) {
        byte[] bytes = bytes(existing(file, written), written, MAX_FAVICON);
        if (bytes.length < PNG_HEADER || ByteBuffer.wrap(bytes).mismatch(ByteBuffer.wrap(PNG)) < PNG.length) {
            throw new IllegalArgumentException(Place.quote(written) + " is not a PNG picture");
        }
        // The first chunk is always IHDR: length, "IHDR", width, height.
        int width = ByteBuffer.wrap(bytes).getInt(16);
        int height = ByteBuffer.wrap(bytes).getInt(20);
        if (width != FAVICON_SIDE || height != FAVICON_SIDE) {
            throw new IllegalArgumentException(
                Place.quote(written) +
                    " has " +
                    width +
                    " × " +
                    height +
                    " pixels; clients only show pictures of 64 × 64"
            );
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
    }

    /** The secret that servers and the proxy share. */
    static Secret secret(Path file, String written) {
        return oneLine(file, written, "the secret of the servers");
    }

    /** A password or token for one service; that others can read it is reported to the place. */
    static Secret password(String written, Place place) {
        Secret secret = oneLine(place.reading().refer(written), written, "the password or token");
        if (isReadableByOthers(secret.file())) {
            place.warning(
                place.line(),
                "everybody on this machine may read " + Place.quote(written) + "; run chmod o-r on it"
            );
        }
        return secret;
    }

    private static Secret oneLine(Path file, String written, String what) {
        byte[] bytes = bytes(existing(file, written), written, MAX_SECRET);
        try {
            String secret = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
            if (secret.isEmpty()) {
                throw new IllegalArgumentException(Place.quote(written) + " is empty; put " + what + " into it");
            }
            if (secret.lines().count() > 1) {
                throw new IllegalArgumentException(
                    Place.quote(written) + " has more than one line; it must hold nothing but the secret"
                );
            }
            return new Secret(file, secret);
        } catch (CharacterCodingException _) {
            throw new IllegalArgumentException(Place.quote(written) + " is not a text in UTF-8");
        }
    }

    /** Whether everybody on the machine may read the file; false where the file system does not know such rights. */
    static boolean isReadableByOthers(Path file) {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return false;
        }
        try {
            return view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException _) {
            return false;
        }
    }

    private static byte[] bytes(Path file, String written, int max) {
        try {
            if (Files.size(file) > max) {
                throw new IllegalArgumentException(
                    Place.quote(written) + " is too large: " + Files.size(file) + " bytes, at most " + max + " are used"
                );
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(Place.quote(written) + " cannot be read: " + e, e);
        }
    }

    private static String looked(Path file) {
        return "looked for " + file.toAbsolutePath().normalize();
    }
}
