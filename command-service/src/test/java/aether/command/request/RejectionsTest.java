package aether.command.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectionsTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "organization_unknown, 404",
        "cluster_unknown, 404",
        "node_pool_unknown, 404",
        "machine_unknown, 404",
        "name_taken, 409",
        "wrong_status, 409",
        "wrong_size, 409",
        "stage_not_reached, 409",
        "stale_lease, 409",
        "unexpected_version, 409",
        "network_not_allocated, 409",
        "region_exhausted, 409",
        "worker_subnet_full, 409",
        "region_plan_differs, 409",
        "invalid_name, 422",
        "invalid_display_name, 422",
        "unsupported_version, 422",
        "forbidden_upgrade, 422",
        "out_of_range, 422",
        "region_unknown, 422",
        "immutable, 422",
        "hold_unknown, 404",
        "legal_hold, 409",
        "kept_by_law, 409",
        "subject_erased, 409",
        "subject_not_erased, 409",
        "invalid_reference, 422",
        "invalid_email, 422",
        "a_rule_of_tomorrow, 422",
    })
    void everyRejectionHasItsStatus(String code, int status) {
        assertThat(Rejections.status(code)).isEqualTo(status);
    }
}
