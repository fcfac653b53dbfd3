import { createTheme } from '@mantine/core';

export const theme = createTheme({
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '0.9375rem' },
  primaryColor: 'lake',
  // White letters stand out on it, and it stands out on both grounds.
  primaryShade: 7,
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  colors: {
    lake: [
      '#eef8f8',
      '#d9eeee',
      '#b2dcdd',
      '#86c8ca',
      '#66b9bd',
      '#43a3a8',
      '#2c8a90',
      '#1f747b',
      '#155c62',
      '#0b464b',
    ],
  },
});
