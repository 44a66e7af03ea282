//! PHP's `round` in both generations and WooCommerce's `NumberUtil::round`
//! (`spec/woocommerce-cart.md` 0.3). All on doubles: it is the server's own arithmetic.

/// Where a half goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

/// Which rounding the server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// PHP 8.4 and later judge the half on the decimal value, without pre-rounding.
    pub php_84: bool,
    /// WooCommerce 10.1 and later round to six decimals first.
    pub two_passes: bool,
}

/// The doubles nearest to the powers of ten that rounding meets.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The double nearest to `10^n`.
pub(crate) fn power_of_ten(n: i32) -> f64 {
    /// Out of line, or the compiler has it worked out even where the table knows.
    #[cold]
    fn beyond(n: i32) -> f64 {
        10f64.powi(n)
    }
    usize::try_from(n).ok().and_then(|n| POWERS.get(n).copied()).unwrap_or_else(|| beyond(n))
}

/// WooCommerce's inner precision: six decimals, or two more than shown.
pub(crate) fn inner_precision(decimals: i32) -> i32 {
    (decimals + 2).max(6)
}

impl Rounding {
    /// PHP's `round(value, places, mode)`.
    pub fn php(self, value: f64, places: i32, direction: Direction) -> f64 {
        if !value.is_finite() || value == 0.0 {
            value
        } else if self.php_84 {
            round_from_84(value, places, direction)
        } else {
            round_before_84(value, places, direction)
        }
    }

    /// WooCommerce's `NumberUtil::round`.
    pub fn woo(self, value: f64, places: i32, direction: Direction) -> f64 {
        if self.two_passes {
            self.php(self.php(value, 6, Direction::Up), places, direction)
        } else {
            self.php(value, places, direction)
        }
    }
}

fn to_integer(value: f64, direction: Direction) -> f64 {
    match (direction, value >= 0.0) {
        (Direction::Up, true) => (value + 0.5).floor(),
        (Direction::Up, false) => (value - 0.5).ceil(),
        (Direction::Down, true) => (value - 0.5).ceil(),
        (Direction::Down, false) => (value + 0.5).floor(),
    }
}

fn scale_up(value: f64, places: i32) -> f64 {
    if places >= 0 { value * power_of_ten(places) } else { value / power_of_ten(-places) }
}

/// With pre-rounding to 15 significant digits.
#[allow(clippy::cast_possible_truncation)]
fn round_before_84(value: f64, places: i32, direction: Direction) -> f64 {
    let digits = 14 - value.abs().log10().floor() as i32;
    let scaled = if digits > places && digits - 15 < places {
        let used = digits.max(-60);
        let pre_rounded = to_integer(scale_up(value, used), direction);
        pre_rounded / power_of_ten((places - used).max(-60).abs())
    } else {
        scale_up(value, places)
    };
    if scaled.abs() >= 1e15 {
        return value;
    }
    let rounded = to_integer(scaled, direction);
    if places > 0 { rounded / power_of_ten(places) } else { rounded * power_of_ten(-places) }
}

/// Without pre-rounding: the half is the double that prints as one.
fn round_from_84(value: f64, places: i32, direction: Direction) -> f64 {
    let factor = power_of_ten(places.abs());
    let scaled = scale_up(value, places);
    if scaled.abs() >= 1e16 {
        return value;
    }
    let whole = scaled.trunc();
    let half = whole + 0.5f64.copysign(value);
    let edge = if places > 0 { half / factor } else { half * factor }.abs();
    let bump = match direction {
        Direction::Up => value.abs() >= edge,
        Direction::Down => value.abs() > edge,
    };
    let whole = if bump { whole + 1f64.copysign(value) } else { whole };
    if places > 0 { whole / factor } else { whole * factor }
}

#[cfg(test)]
mod tests {
    use super::{Direction::*, Rounding};

    const OLD: Rounding = Rounding { php_84: false, two_passes: false };
    const NEW: Rounding = Rounding { php_84: true, two_passes: false };
    const WOO: Rounding = Rounding { php_84: false, two_passes: true };

    #[test]
    fn t24_two_pass_rounding_lifts_a_near_half() {
        assert_eq!(WOO.woo(285.4999999, 0, Up), 286.0);
        assert_eq!(WOO.woo(285.4999994, 0, Up), 285.0);
        assert_eq!(OLD.woo(285.4999999, 0, Up), 285.0);
    }

    #[test]
    fn t25_the_php_generation_decides_below_a_half() {
        assert_eq!(OLD.php(285.49999999999994, 0, Up), 286.0);
        assert_eq!(NEW.php(285.49999999999994, 0, Up), 285.0);
        let both = Rounding { php_84: true, two_passes: true };
        assert_eq!(both.woo(285.49999999999994, 0, Up), 286.0);
    }

    #[test]
    fn t26_php_round_is_not_binary_exact() {
        for rounding in [OLD, NEW] {
            assert_eq!(rounding.php(1.005, 2, Up), 1.01);
            assert_eq!(rounding.php(5.055, 2, Up), 5.06);
            assert_eq!(rounding.php(1.005, 2, Down), 1.0);
            assert_eq!(rounding.php(-1.005, 2, Up), -1.01);
        }
    }

    #[test]
    fn the_logarithm_is_the_c_library_s_near_powers_of_ten() {
        assert_eq!(999.9999999999999f64.log10().floor(), 3.0);
        assert_eq!(OLD.php(999.9999999999999, 2, Up), 1000.0);
        assert_eq!(OLD.php(1000.0, 2, Up), 1000.0);
    }
}
