package io.github.shmlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.shmlens.php.PhpValue;
import org.junit.jupiter.api.Test;

class UploadSceneTest {

    private final UploadScene scene = new UploadScene();

    @Test
    void sendsAsManyBytesAsItsSpeedSays() {
        scene.wish(PhpValue.Int.of(10));
        scene.advance(1000);
        assertThat(scene.slots()).containsEntry(UploadScene.BYTES, PhpValue.Int.of(10_240));
    }

    @Test
    void beginsAgainAfterARest() {
        scene.wish(PhpValue.Int.of(5000));
        scene.advance(3_600_000);
        assertThat(scene.slots()).containsEntry(UploadScene.PERCENT, PhpValue.Int.of(100));
        scene.advance(2000);
        assertThat(scene.slots()).containsEntry(UploadScene.PERCENT, PhpValue.Int.of(0));
    }

    @Test
    void takesANumberThatWasPutAsAString() {
        scene.wish(PhpValue.Str.of("20"));
        assertThat(scene.speed()).isEqualTo(20);
    }

    @Test
    void keepsItsSpeedWhenTheWishIsGone() {
        scene.wish(null);
        assertThat(scene.speed()).isEqualTo(UploadScene.FIRST_SPEED);
    }

    @Test
    void saysWhatItIgnores() {
        scene.wish(PhpValue.Int.of(Long.MAX_VALUE));
        assertThat(scene.slots().get(UploadScene.STATUS))
                .hasToString(
                        "\"slot 6 (speed) ignored, it is no whole number from 1 to 5000: still 150 KiB/s\"");
    }
}
