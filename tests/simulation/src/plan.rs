//! What an episode is about, and what may go wrong in it.

use cocart_wasm::sync::Fault;

/// Who writes to the cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A guest, who alone knows the key: the final cart is exactly what was asked for.
    Guest,
    /// A customer on one device: the same.
    Account,
    /// A customer on two devices.
    TwoDevices,
    /// A guest who signs in.
    Login,
    /// A guest who buys, and goes on.
    Bought,
    /// A customer, or a guest whose cart was handed over: it is bought at any moment, whatever
    /// waits, is on its way or in doubt.
    Ordered,
    /// A guest in a shop that runs short.
    Stock,
    /// A guest whose cart the shop forgets after days.
    Expiry,
}

/// One episode's rules.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Who writes.
    pub kind: Kind,
    /// At most so many tabs at once.
    pub tabs: usize,
    /// Steps before everything heals.
    pub steps: u32,
    /// Requests and answers are lost, delayed, reordered, cut.
    pub network: bool,
    /// Requests arrive twice.
    pub doubles: bool,
    /// Tabs are killed between any two writes.
    pub kills: bool,
    /// Storage fills up.
    pub quota: bool,
    /// Keep a trace.
    pub trace: bool,
    /// The rule that is broken.
    pub fault: Option<Fault>,
}

impl Plan {
    /// The plan of an episode, from its seed.
    pub fn draw(seed: u64) -> Self {
        let mut rng = fastrand::Rng::with_seed(seed ^ 0x5eed);
        let kind = match rng.u32(0..13) {
            0..=4 => Kind::Guest,
            5 => Kind::Account,
            6 => Kind::TwoDevices,
            7..=8 => Kind::Login,
            9 => Kind::Bought,
            10 => Kind::Expiry,
            11 => Kind::Ordered,
            _ => Kind::Stock,
        };
        let quota = rng.u32(0..4) == 0;
        Self {
            kind,
            // tabs whose commands find no room cannot see each other's
            tabs: if quota { 1 } else { rng.usize(1..5) },
            steps: rng.u32(50..400),
            network: rng.u32(0..10) > 0,
            // somebody who may write too cannot be told from a request that arrives twice
            doubles: rng.bool()
                && matches!(kind, Kind::Guest | Kind::Bought | Kind::Stock | Kind::Expiry),
            kills: rng.u32(0..4) > 0,
            quota,
            trace: false,
            fault: None,
        }
    }
}
