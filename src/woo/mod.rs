//! WooCommerce's and PHP's own arithmetic.
