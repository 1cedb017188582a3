package aether.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aether.command.access.Principal;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealedFieldTest {

    private static final UUID EVENT = UUID.fromString("0190a000-0000-7000-8000-0000000000e1");

    private static final SubjectKey KEY = new SubjectKey(
            UUID.fromString("0190a000-0000-7000-8000-0000000000aa"),
            1,
            new Principal(Principal.Kind.USER, "acme", "mia"),
            counting(0, SubjectKey.SECRET_BYTES));

    private static final byte[] IV = counting(100, AesGcm.IV_BYTES);

    /** Made by Python's {@code cryptography} from the same inputs. */
    private static final String GOLDEN = "{\"$enc\":\"A256GCM\",\"ct\":\"eSLsSEnHZLAJp6o_CbLu7fPcB9qj2hcbFw\","
            + "\"iv\":\"ZGVmZ2hpamtsbW5v\",\"kid\":\"s/0190a000-0000-7000-8000-0000000000aa/1\"}";

    @Test
    void sealsAsAnotherImplementationDoes() {
        assertThat(SealedField.seal(KEY, IV, EVENT, "/sourceaddress", "192.0.2.7")
                        .text())
                .isEqualTo(GOLDEN);
        assertThat(KEY.pseudonym()).isEqualTo("p/5_nQxMAeTAVCGQFSBSRbHg");
    }

    @Test
    void opensOnlyWhereItWasPut() {
        SealedField field = SealedField.read(GOLDEN).orElseThrow();

        assertThat(field.open(KEY, EVENT, "/sourceaddress")).contains("192.0.2.7");
        assertThat(field.open(KEY, UUID.randomUUID(), "/sourceaddress")).isEmpty();
        assertThat(field.open(KEY, EVENT, "/data/email")).isEmpty();
        SubjectKey second = new SubjectKey(KEY.subject(), 2, KEY.principal(), KEY.secret());
        assertThat(field.open(second, EVENT, "/sourceaddress")).isEmpty();
        assertThat(new SealedField(second.keyId(), field.iv(), field.ciphertext())
                        .open(second, EVENT, "/sourceaddress"))
                .isEmpty();
    }

    @Test
    void noticesEveryFlippedBit() {
        SealedField field = SealedField.read(GOLDEN).orElseThrow();
        byte[] bytes = java.util.Base64.getUrlDecoder().decode(field.ciphertext());
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            SealedField other = new SealedField(
                    field.keyId(),
                    field.iv(),
                    java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(flipped));
            assertThat(other.open(KEY, EVENT, "/sourceaddress")).isEmpty();
        }
    }

    @Test
    void takesAnOlderPlainValueForWhatItIs() {
        assertThat(SealedField.read("192.0.2.7")).isEmpty();
        assertThat(SealedField.read("{\"$enc\":\"A128GCM\"}")).isEmpty();
        assertThat(SealedField.read(GOLDEN + " ")).isEmpty();
    }

    @Test
    void neverPrintsWhatIsSecret() {
        assertThat(KEY.toString()).contains("[hidden]").doesNotContain("mia").doesNotContain("acme");
        assertThat(KEY.principal().toString()).doesNotContain("mia");
    }

    @Test
    void refusesSecretsAndNoncesOfAnotherLength() {
        assertThatThrownBy(() -> new SubjectKey(KEY.subject(), 1, KEY.principal(), new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SealedField.seal(KEY, new byte[16], EVENT, "/x", "y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] counting(int from, int length) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = (byte) (from + index);
        }
        return bytes;
    }
}
