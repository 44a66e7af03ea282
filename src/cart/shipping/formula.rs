//! The flat rate's cost formula: `[qty]`, `[cost]`, `[fee …]` and arithmetic on doubles.

use crate::woo::{builtin, find, number};

/// Deeper nesting than anyone writes; the parser must not run out of stack.
const MAX_DEPTH: u8 = 32;

/// The value of a formula for a quantity and a cost of goods; `None` where it cannot be read.
/// `round_fee` is what the generation does to a percentage fee.
pub(super) fn evaluate(
    formula: &str,
    quantity: f64,
    cost: f64,
    decimal_separator: &str,
    round_fee: impl Fn(f64) -> f64,
) -> Option<f64> {
    // the amounts enter as 14-digit text (trap T31)
    let text = find::replace(formula, "[qty]", &number::text14(quantity));
    let text = find::replace(&text, "[cost]", &number::text14(cost));
    let text = replace_fees(&text, cost, round_fee);
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = find::replace(&text, decimal_separator, ".").replace(',', ".");
    let text = text.trim_start_matches(['+', '*', '/']).trim_end_matches(['+', '-', '*', '/']);
    if text.is_empty() || text == "0" {
        return Some(0.0);
    }
    let mut parser = Parser { rest: text, depth: 0 };
    let value = parser.sum()?;
    parser.rest.is_empty().then_some(value).and_then(number::within_reason)
}

fn replace_fees(text: &str, cost: f64, round_fee: impl Fn(f64) -> f64) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = find::split_once(rest, "[fee") {
        out.push_str(before);
        let Some((attributes, tail)) = after.split_once(']') else {
            out.push_str("[fee");
            rest = after;
            continue;
        };
        out.push_str(&fee(attributes, cost, &round_fee));
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn fee(attributes: &str, cost: f64, round_fee: impl Fn(f64) -> f64) -> String {
    let attribute = |name: &str| -> &str {
        let quoted = find::split_once(attributes, name)
            .and_then(|(_, after)| after.trim_start().strip_prefix('='));
        let value = quoted.map_or("", str::trim_start);
        match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value.split(quote).nth(1).unwrap_or(""),
            _ => value.split_whitespace().next().unwrap_or(""),
        }
    };
    let percent = attribute("percent");
    let fee = if percent.is_empty() {
        0.0
    } else {
        round_fee(cost * (number::float_of(percent) / 100.0))
    };
    let mut text = number::text14(fee);
    // PHP compares what is no number as text, and 0 is no bound
    let larger = |a: &str, b: &str| match (number::exact(a), number::exact(b)) {
        (Some(a), Some(b)) => a > b,
        _ => a > b,
    };
    let is_bound = |bound: &str| !matches!(bound, "" | "0");
    let (least, most) = (attribute("min_fee"), attribute("max_fee"));
    if is_bound(least) && larger(least, &text) {
        least.clone_into(&mut text);
    }
    // a largest fee below the smallest wins
    if is_bound(most) && larger(&text, most) {
        most.clone_into(&mut text);
    }
    text
}

/// `+ - * / ^`, unary minus, parentheses, implicit multiplication, `e` and `pi`.
struct Parser<'t> {
    rest: &'t str,
    depth: u8,
}

impl Parser<'_> {
    fn take(&mut self, symbol: char) -> bool {
        match self.rest.strip_prefix(symbol) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product()?;
        loop {
            if self.take('+') {
                value += self.product()?;
            } else if self.take('-') {
                value -= self.product()?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.signed()?;
        loop {
            if self.take('*') {
                value *= self.signed()?;
            } else if self.take('/') {
                let divisor = self.signed()?;
                if divisor == 0.0 {
                    return None;
                }
                value /= divisor;
            } else if self
                .rest
                .starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '(' | '.'))
            {
                value *= self.signed()?;
            } else {
                return Some(value);
            }
        }
    }

    fn signed(&mut self) -> Option<f64> {
        let mut negative = false;
        while self.take('-') {
            negative = !negative;
        }
        let value = self.power()?;
        Some(if negative { -value } else { value })
    }

    fn power(&mut self) -> Option<f64> {
        let base = self.atom()?;
        if !self.take('^') {
            return Some(base);
        }
        self.nested(Self::signed).map(|exponent| builtin::power(base, exponent))
    }

    fn nested(&mut self, parse: impl Fn(&mut Self) -> Option<f64>) -> Option<f64> {
        self.depth += 1;
        let value = if self.depth > MAX_DEPTH { None } else { parse(self) };
        self.depth -= 1;
        value
    }

    fn atom(&mut self) -> Option<f64> {
        if self.take('(') {
            let value = self.nested(Self::sum)?;
            return self.take(')').then_some(value);
        }
        #[allow(clippy::approx_constant, reason = "WooCommerce's own values")]
        for (name, value) in [("pi", 3.14), ("e", 2.71)] {
            if let Some(rest) = self.rest.strip_prefix(name) {
                self.rest = rest;
                return Some(value);
            }
        }
        let mut seen_point = false;
        let end = self.rest.find(|c: char| match c {
            '.' => std::mem::replace(&mut seen_point, true),
            _ => !c.is_ascii_digit(),
        });
        let (digits, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        self.rest = rest;
        crate::woo::number::exact(digits)
    }
}

#[cfg(test)]
mod tests {
    use super::evaluate;

    fn value(formula: &str) -> Option<f64> {
        evaluate(formula, 3.0, 59.97, ".", |fee| (fee * 100.0).round() / 100.0)
    }

    #[test]
    fn formulas_are_woocommerce_s() {
        for (formula, expected) in [
            ("12.50 + ( 1.5 * [qty] )", Some(17.0)),
            ("10+-1", Some(9.0)),
            ("10/3", Some(3.3333333333333335)),
            ("3pi", Some(9.42)),
            ("2(3)", Some(6.0)),
            ("1.5.2", Some(1.5 * 0.2)),
            ("10 + [fee percent=\"10\" min_fee=\"4\" max_fee=\"20\"]", Some(16.0)),
            ("[fee percent=\"1\" min_fee=\"4\"]", Some(4.0)),
            ("[fee percent=\"1\" min_fee=\"4\" max_fee=\"3\"]", Some(3.0)),
            ("[fee percent=\"10\" min_fee=\"4\" max_fee=\"0\"]", Some(6.0)),
            // compared as texts
            ("[fee percent=\"10\" min_fee=\"4,50\"]", Some(6.0)),
            ("[fee percent=\"20\" min_fee=\"4,50\"]", Some(4.5)),
            ("4,99", Some(4.99)),
            ("", Some(0.0)),
            ("5*", Some(5.0)),
            ("1/0", None),
            ("10%", None),
        ] {
            assert_eq!(value(formula), expected, "{formula}");
        }
        assert_eq!(value(&"(".repeat(5000)), None);
    }

    #[test]
    fn t31_the_cost_enters_as_14_digit_text() {
        let noisy = evaluate("[cost]", 1.0, 13.334000000000001, ".", |fee| fee);
        assert_eq!(noisy, Some(13.334));
    }
}
