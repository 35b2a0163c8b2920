import { Component, type ComponentChildren } from 'preact';
import lazy from 'preact-iso/lazy';
import { Route, Router, useLocation } from 'preact-iso/router';
import { Screen } from '../parts/frame';
import { hrefOf } from '../state/place';

// Screens that are used together come together: a chunk for each would cost more than it saves.
const Now = lazy(() => import('./watch').then((screens) => screens.Now));
const Requests = lazy(() => import('./watch').then((screens) => screens.Requests));
const ClickTimeline = lazy(() => import('./watch').then((screens) => screens.ClickTimeline));
const Order = lazy(() => import('./watch').then((screens) => screens.Order));
const Explain = lazy(() => import('./watch').then((screens) => screens.Explain));
const Conversions = lazy(() => import('./watch').then((screens) => screens.Conversions));
const Reports = lazy(() => import('./reports'));
const Integrations = lazy(() => import('./set-up').then((screens) => screens.Integrations));
const Integration = lazy(() => import('./set-up').then((screens) => screens.Integration));
const Wizard = lazy(() => import('./set-up').then((screens) => screens.Wizard));
const Documents = lazy(() => import('./set-up').then((screens) => screens.Documents));
const DocumentEditor = lazy(() => import('./set-up').then((screens) => screens.DocumentEditor));
const TestPostback = lazy(() => import('./set-up').then((screens) => screens.TestPostback));
const Deliveries = lazy(() => import('./repair').then((screens) => screens.Deliveries));
const DeadLetters = lazy(() => import('./repair').then((screens) => screens.DeadLetters));
const Replay = lazy(() => import('./repair').then((screens) => screens.Replay));

export function Screens() {
  return (
    <Boundary>
      <Router>
        <Route path="/console" component={Now} />
        <Route path="/console/requests/:requestId?" component={Requests} />
        <Route path="/console/clicks/:clickId" component={ClickTimeline} />
        <Route path="/console/orders" component={Order} />
        <Route path="/console/explain" component={Explain} />
        <Route path="/console/conversions" component={Conversions} />
        <Route path="/console/reports" component={Reports} />
        <Route path="/console/integrations" component={Integrations} />
        <Route path="/console/integrations/new/:preset?/:step?" component={Wizard} />
        <Route path="/console/integrations/:id" component={Integration} />
        <Route path="/console/integrations/:id/edit" component={DocumentEditor} kind="integrations" />
        <Route path="/console/integrations/:id/test" component={TestPostback} />
        <Route path="/console/campaigns" component={Documents} kind="campaigns" />
        <Route path="/console/campaigns/:id" component={DocumentEditor} kind="campaigns" />
        <Route path="/console/sources" component={Documents} kind="sources" />
        <Route path="/console/sources/:id" component={DocumentEditor} kind="sources" />
        <Route path="/console/deliveries/:deliveryId?" component={Deliveries} />
        <Route path="/console/dead-letters" component={DeadLetters} />
        <Route path="/console/replay" component={Replay} />
        <Route default component={NoScreen} />
      </Router>
    </Boundary>
  );
}

function NoScreen() {
  const { path } = useLocation();
  return (
    <Screen title="No such screen">
      <p>
        There is nothing at <code>{path}</code>. <a href={hrefOf('')}>Go to Now</a>.
      </p>
    </Screen>
  );
}

/** A chunk that is gone after an update, or a fault of ours: the frame stays, and a reload is offered, never done. */
class Boundary extends Component<{ readonly children: ComponentChildren }, { readonly failed?: string }> {
  override state: { readonly failed?: string } = {};

  override componentDidCatch(error: unknown): void {
    this.setState({ failed: error instanceof Error ? error.message : String(error) });
  }

  override render() {
    const { failed } = this.state;
    if (failed === undefined) return this.props.children;
    return (
      <Screen title="This screen did not load">
        <p>The console may have been updated since this tab was opened.</p>
        <p class="quiet">{failed}</p>
        <button type="button" class="primary" onClick={() => location.reload()}>
          Reload
        </button>
      </Screen>
    );
  }
}
