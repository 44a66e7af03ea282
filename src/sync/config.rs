//! What a cart's synchronisation is told once, when it is opened.

/// Who starts a flush.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// Whenever there is something to send and the shop can be reached.
    #[default]
    Auto,
    /// Only [`super::Event::SyncNow`].
    Manual,
    /// Nobody: no server is configured, the journal is folded locally.
    Off,
}

/// The settings of one cart.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Who starts a flush.
    pub mode: Mode,
    /// Every storage key of this cart begins with it. Two carts (two shops, two keys) have two
    /// prefixes of which neither begins with the other: end it with a separator.
    pub prefix: String,
    /// The REST namespace with its version; white-labelled sites change the first part.
    pub namespace: String,
    /// A guest's cart key the app already has; a new one is made otherwise.
    pub cart_key: Option<String>,
    /// Whether the app signs requests in (it has an `authorization` callback and a customer).
    pub signed_in: bool,
    /// Whether the platform has Web Locks. Without them the visible tab flushes, and looks before
    /// every write.
    pub locks: bool,
    /// Whether the page is visible now.
    pub visible: bool,
    /// Whether the browser says it is online.
    pub online: bool,
    /// How long a request that got no answer may still reach the shop (the server's own limit for
    /// a request): the horizon H of `docs/sync.md`.
    pub horizon_ms: i64,
    /// When to stop waiting for an answer. The request is not aborted.
    pub timeout_ms: i64,
    /// A look at the server's cart older than this is refreshed at start, on return to the page
    /// and when the network comes back; `None` never refreshes by itself.
    pub refresh_ms: Option<i64>,
    /// How long a guest's cart lives where the server does not let us read it
    /// (`spec/cocart-v2.md` 9.1).
    pub guest_lifetime_ms: i64,
    /// Stored carts that nobody touched for longer are erased when opened; `None` keeps them.
    pub retention_ms: Option<i64>,
    /// The most lines that are moved to a fresh cart key instead of waiting out the horizon.
    pub move_lines: usize,
    /// Without a server: how many commands may wait before they are folded into the model.
    pub fold_after: usize,
    /// A rule of the protocol to break, so that the simulator can be seen to notice.
    #[cfg(feature = "simulation")]
    #[doc(hidden)]
    pub fault: Option<super::Fault>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            mode: Mode::Auto,
            prefix: "cocart:".into(),
            namespace: "cocart/v2".into(),
            cart_key: None,
            signed_in: false,
            locks: true,
            visible: true,
            online: true,
            horizon_ms: 30_000,
            timeout_ms: 20_000,
            refresh_ms: Some(60_000),
            guest_lifetime_ms: 7 * 86_400_000,
            retention_ms: None,
            move_lines: 8,
            fold_after: 64,
            #[cfg(feature = "simulation")]
            fault: None,
        }
    }
}

impl Config {
    /// Whether the simulator wants this rule broken; never without its feature.
    #[cfg_attr(not(feature = "simulation"), allow(clippy::unused_self))]
    pub(super) fn breaks(&self, rule: super::Fault) -> bool {
        #[cfg(feature = "simulation")]
        return self.fault == Some(rule);
        #[cfg(not(feature = "simulation"))]
        {
            let _ = rule;
            false
        }
    }
}
