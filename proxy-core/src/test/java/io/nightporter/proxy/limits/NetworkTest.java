package io.nightporter.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses are one party. */
class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.1, 203.0.113.254, true",
        "203.0.113.1, 203.0.112.1, false",
        "203.0.113.1, 204.0.113.1, false",
        "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "2001:db8:0:1::1, 2001:db9:0:1::1, false",
        "0.0.0.0, ::, false",
        "127.0.0.1, ::1, false",
        "203.0.113.1, 2002:cb00:7101::1, false",
    })
    void anIpv4NetworkHas24BitsAndAnIpv6NetworkHas64(String one, String other, boolean same) {
        assertThat(network(one).equals(network(other))).isEqualTo(same);
    }

    @Test
    void aMappedIpv4AddressIsTheIpv4Address() throws UnknownHostException {
        byte[] bytes = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 203, 0, 113, 7 };
        InetAddress mapped = Inet6Address.getByAddress(null, bytes, -1);

        assertThat(mapped).isInstanceOf(Inet6Address.class);
        assertThat(Network.of(mapped)).isEqualTo(network("203.0.113.1"));
        assertThat(Network.plain(mapped)).isEqualTo(InetAddress.ofLiteral("203.0.113.7"));
    }

    @Test
    void itIsShownAsOperatorsWriteIt() {
        assertThat(network("203.0.113.77")).hasToString("203.0.113.0/24");
        assertThat(network("2001:db8:0:1::77")).hasToString("2001:db8:0:1:0:0:0:0/64");
    }

    static Network network(String address) {
        return Network.of(InetAddress.ofLiteral(address));
    }
}
