/** Line drawings on a grid of 24, drawn for this console. */
const PATHS = {
  pulse: 'M3 12h4l2.5-7 5 14 2.500-7h4',
  trend: 'M4 4v16h16M7 9c3 0 4 1 6 4s4 3 7 3M17 13l3 3-3 3',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  shield: 'M12 3l7 3v5c0 4.500-3 8-7 10-4-2-7-5.500-7-10V6zM12 8v5M12 16h.01',
  model: 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM12 12l8-4.500M12 12v9M12 12L4 7.500',
  route: 'M6 19V9a4 4 0 0 1 4-4h8M6 19l-3-3M6 19l3-3M18 5l-3-3M18 5l-3 3M6 13h12M18 13l-3-3M18 13l-3 3',
  stethoscope: 'M6 3v5a4 4 0 0 0 8 0V3M10 12v3a5 5 0 0 0 10 0v-2M20 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  sliders: 'M5 4v7M5 15v5M12 4v3M12 11v9M19 4v9M19 17v3M3 13h4M10 9h4M17 15h4',
  scroll: 'M7 4h10a2 2 0 0 1 2 2v14l-3-2-2 2-2-2-2 2-2-2-3 2V6a2 2 0 0 1 2-2zM9 9h6M9 13h6',
  hook: 'M9 8a3 3 0 1 1 4.200 2.800L10 17M8 13a4 4 0 1 0 3 6h6M17 16a3 3 0 1 1-1 5.800',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  cross: 'M6 6l12 12M18 6L6 18',
  circle: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z',
  slash: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM6.500 17.500l11-11',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.500l3 2',
  inbox: 'M4 13h4l1.500 3h5L16 13h4M4 13l3-8h10l3 8v6H4z',
  queue: 'M5 7h14M5 12h14M5 17h8',
  spinner: 'M12 4a8 8 0 1 0 8 8',
  eye: 'M2.500 12S6 6 12 6s9.500 6 9.500 6-3.500 6-9.500 6-9.500-6-9.500-6zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  retry: 'M19 12a7 7 0 1 1-2.200-5.100M19 4v4h-4',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  info: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 11v5M12 8h.01',
  external: 'M14 5h5v5M19 5l-9 9M17 14v5H5V7h5',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  play: 'M8 5l11 7-11 7z',
  pause: 'M8 5v14M16 5v14',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  menu: 'M4 7h16M4 12h16M4 17h16',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600L7 7M17 17l1.400 1.400M18.400 5.600L17 7M7 17l-1.400 1.400',
  moon: 'M19 14.500A7.500 7.500 0 0 1 9.500 5a7.500 7.500 0 1 0 9.500 9.500z',
  screen: 'M4 5h16v11H4zM9 20h6M12 16v4',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.500 9.500h.01',
  door: 'M14 4H6v16h8M11 12h9M17 9l3 3-3 3',
  next: 'M9 6l6 6-6 6',
  previous: 'M15 6l-6 6 6 6',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: the text beside it says the same. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      class={name === 'spinner' ? 'spin' : undefined}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
