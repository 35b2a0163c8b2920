import './styles.css';
import { QueryClientProvider } from '@tanstack/preact-query';
import { render } from 'preact';
import { LocationProvider } from 'preact-iso/router';
import { listenToAddress, openSession } from './api/session';
import { Screens } from './screens';
import { Layout } from './parts/layout';
import { listenToKeys } from './state/keys';
import { root } from './state/place';
import { queryClient } from './state/queries';

function App({ signedIn }: { readonly signedIn: boolean }) {
  if (!signedIn) {
    return (
      <main class="alone">
        <h1>This tab is signed out</h1>
        <p>
          Open the address that <code>npx tracker console</code> or <code>npm start</code> printed. It holds the secret
          of this session.
        </p>
      </main>
    );
  }
  return (
    <QueryClientProvider client={queryClient}>
      <LocationProvider scope={root}>
        <Layout>
          <Screens />
        </Layout>
      </LocationProvider>
    </QueryClientProvider>
  );
}

const place = document.getElementById('app');
if (place !== null) {
  const secret = await openSession();
  listenToKeys();
  listenToAddress();
  render(<App signedIn={secret !== undefined} />, place);
}
