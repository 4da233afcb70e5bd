import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Frame } from './frame.js';
import { asProblem, type Problem } from './api/index.js';
import { AuditPage } from './pages/audit.js';
import { DoctorPage } from './pages/doctor.js';
import { DriftPage } from './pages/drift.js';
import { LivePage } from './pages/live.js';
import { ModelsPage } from './pages/models.js';
import { NotFoundPage } from './pages/not-found.js';
import { QuarantinePage } from './pages/quarantine.js';
import { RoutingPage } from './pages/routing.js';
import { SettingsPage } from './pages/settings.js';
import { SignInPage } from './pages/sign-in.js';
import { StudiesPage } from './pages/studies.js';
import { StudyPage } from './pages/study.js';
import { WebhooksPage } from './pages/webhooks.js';
import { Questions } from './parts/dialog.js';
import { Loading, ProblemNotice } from './parts/notice.js';
import { Toasts } from './parts/toast.js';
import { readSession, session } from './session.js';

/** Paths that are not the console's: the browser asks the gateway for them. */
const OURS = /^\/(?!viewer|admin|dicom-web)/;

/** The console: who looks decides between the sign-in page and the rest. */
export function App() {
  return (
    <LocationProvider scope={OURS}>
      <Gate />
      <Questions />
      <Toasts />
    </LocationProvider>
  );
}

function Gate() {
  const [problem, setProblem] = useState<Problem>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    readSession().then(
      () => setProblem(undefined),
      (error: unknown) => {
        setProblem(asProblem(error));
        timer = setTimeout(() => setTries((n) => n + 1), 5000);
      },
    );
    return () => clearTimeout(timer);
  }, [tries]);

  // Redis or the archive is away: pages say so themselves, and the way between them stays open.
  if (session.value === undefined && problem && problem.status >= 500) {
    return (
      <Frame>
        <Pages />
      </Frame>
    );
  }
  if (session.value === undefined) {
    return (
      <main id="main" class="alone">
        {problem ? (
          <ProblemNotice problem={problem} retry={() => setTries(tries + 1)} />
        ) : (
          <Loading what="your session" />
        )}
      </main>
    );
  }
  if (session.value.role === null) return <SignInPage />;
  return (
    <Frame>
      <Pages />
    </Frame>
  );
}

function Pages() {
  const { path } = useLocation();
  const before = useRef(path);
  // A screen reader hears the new page's title; the first page is read by itself. Before the page is painted, so that
  // no key goes to the body in between.
  useLayoutEffect(() => {
    if (before.current === path) return;
    before.current = path;
    scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus();
  }, [path]);
  return (
    <Router>
      <Route path="/" component={LivePage} />
      <Route path="/studies" component={StudiesPage} />
      <Route path="/studies/:uid" component={StudyPage} />
      <Route path="/quarantine" component={QuarantinePage} />
      <Route path="/drift" component={DriftPage} />
      <Route path="/models" component={ModelsPage} />
      <Route path="/routing" component={RoutingPage} />
      <Route path="/doctor" component={DoctorPage} />
      <Route path="/webhooks" component={WebhooksPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route path="/audit" component={AuditPage} />
      <Route default component={NotFoundPage} />
    </Router>
  );
}
