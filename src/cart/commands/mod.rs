//! What can be done to a cart: the commands, and how each is carried out.

mod add;
pub(crate) mod add_to_cart;
mod change;
mod command;
mod contact;
mod update_customer;
pub(crate) mod variation;

pub use command::{AddItem, AddItems, Command};

use super::{CartError, Visit};

/// What a command did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The keys of the lines that items were added to, in the order of the items.
    pub added: Vec<String>,
    /// Whether nothing came of it, by what is known of the shop: it need not be asked.
    pub refused: bool,
}

impl Visit<'_> {
    /// Carries a command out as the server's route does, calculations included.
    pub fn apply(&mut self, command: &Command) -> Result<Outcome, CartError> {
        let mut outcome = Outcome::default();
        match command {
            Command::AddItem(item) => outcome.added.push(self.add_item(item)?),
            Command::AddItems(items) => outcome.added = self.add_items(items)?,
            Command::UpdateItem { item_key, quantity } => self.update_item(item_key, *quantity)?,
            Command::RemoveItem { item_key } => self.remove_item(item_key)?,
            Command::RestoreItem { item_key } => self.restore_item(item_key)?,
            Command::Clear { keep_removed_items } => self.clear(*keep_removed_items),
            Command::Calculate => self.calculate(),
            Command::ReadCart => {
                self.check_cart();
                self.calculate_with_shipping_first();
            }
            Command::UpdateItems { quantity } => self.update_items(quantity)?,
            Command::UpdateCustomer { fields } => self.update_customer(fields)?,
            Command::SetAddress { address } => self.set_address(address),
            Command::ApplyCoupon { coupon } => {
                outcome.refused = !self.apply_coupon(coupon);
                self.calculate_with_shipping_first();
            }
            Command::RemoveCoupon { coupon } => {
                self.remove_coupon(coupon);
                self.calculate_with_shipping_first();
            }
            Command::ChooseShippingRate { rate } => {
                self.cart.chosen_rate = Some(rate.clone());
                self.calculate_with_shipping_first();
            }
            Command::AddFee(fee) => {
                self.cart.fees.push(fee.clone());
                self.calculate_with_shipping_first();
            }
            Command::RemoveFees => {
                self.cart.fees.clear();
                self.calculate_with_shipping_first();
            }
            Command::Update { effects, .. } => {
                for effect in effects {
                    // a guess that no longer fits the cart is no reason not to ask the server
                    drop(self.apply(effect));
                }
            }
        }
        Ok(outcome)
    }
}
