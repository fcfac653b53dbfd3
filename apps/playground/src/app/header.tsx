import { IconShieldLock } from '@tabler/icons-react';
import { ColorSchemeToggle } from './color-scheme-toggle';
import classes from './header.module.css';

export function Header() {
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>
        <img className={classes.mark} src="./icon.svg" alt="" width={26} height={26} />
        DiffIR <span className={classes.soft}>playground</span>
      </h1>
      <p className={classes.promise}>
        <IconShieldLock size={18} stroke={1.6} aria-hidden />
        Photos stay on this device
      </p>
      <ColorSchemeToggle />
    </header>
  );
}
