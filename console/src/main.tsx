import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/pages.css';
import { App } from './app.js';
import { sayAlerts } from './alerts.js';
import { closeStream } from './live.js';
import { followTheme } from './theme.js';

followTheme();
sayAlerts();
addEventListener('pagehide', closeStream);
render(<App />, document.getElementById('app')!);
