/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";

interface IconProps {
  readonly class?: string;
}

function Icon({ children, class: name }: IconProps & { readonly children: ComponentChildren }) {
  return (
    <svg
      class={name ? `icon ${name}` : "icon"}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const SendIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 19V5M6 11l6-6 6 6" />
  </Icon>
);
export const EmojiIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M8.5 14.2c1.9 2.4 5.1 2.4 7 0M9.2 9.8h.01M14.8 9.8h.01" />
  </Icon>
);
export const ImageIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="3.5" y="4.5" width="17" height="15" rx="3" />
    <path d="m5 17.5 4.6-4.7 3.2 3.1 2.7-2.5 3.7 3.5" />
    <circle cx="15.7" cy="9" r="1.2" />
  </Icon>
);
export const ClipIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m19 11.5-7.2 7.2a4.6 4.6 0 0 1-6.5-6.5l7.4-7.4a3 3 0 0 1 4.3 4.3l-7.3 7.3a1.5 1.5 0 0 1-2.1-2.1l6.6-6.6" />
  </Icon>
);
export const MicIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="9" y="3.5" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v2.5" />
  </Icon>
);
export const PlayIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M8 5.5v13l10.5-6.5z" fill="currentColor" />
  </Icon>
);
export const PauseIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M8.5 6v12M15.5 6v12" stroke-width="3" />
  </Icon>
);
export const StopIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="7" y="7" width="10" height="10" rx="1.5" fill="currentColor" />
  </Icon>
);
export const PersonIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4.5 13.5v-1a7.5 7.5 0 0 1 15 0v1" />
    <rect x="3.5" y="12.5" width="4" height="6" rx="1.8" />
    <rect x="16.5" y="12.5" width="4" height="6" rx="1.8" />
    <path d="M18.5 18.5c0 1.6-1.9 2.5-4.5 2.5" />
  </Icon>
);
export const MoreIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="3" />
  </Icon>
);
export const CloseIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m6.5 6.5 11 11m0-11-11 11" />
  </Icon>
);
export const ReplyIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M9.5 5.5 4 11l5.5 5.5M4.5 11H14a6 6 0 0 1 6 6v1.5" />
  </Icon>
);
export const DownIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 5v14m6-6-6 6-6-6" />
  </Icon>
);
export const FileIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M13.5 3.5H8a2.5 2.5 0 0 0-2.5 2.5v12A2.5 2.5 0 0 0 8 20.5h8a2.5 2.5 0 0 0 2.5-2.5V8.5zM13.5 3.5v5h5" />
  </Icon>
);
export const BookIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 6.5C10 5 7.3 4.5 4 4.5v13c3.3 0 6 .5 8 2 2-1.5 4.7-2 8-2v-13c-3.3 0-6 .5-8 2zm0 0v13" />
  </Icon>
);
export const WarnIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7.5v5.5M12 16.3h.01" />
  </Icon>
);
export const StarIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m12 4 2.5 5.1 5.6.8-4.1 4 1 5.6-5-2.7-5 2.7 1-5.6-4.1-4 5.6-.8z" />
  </Icon>
);
export const ThumbIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M7.5 20H5a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h2.5zm0-9 3.6-7.2a2 2 0 0 1 2.4 2l-.6 3.7h5.3a2 2 0 0 1 2 2.4l-1.3 6.5a2 2 0 0 1-2 1.6H7.5" />
  </Icon>
);

/** The product's mark: a question that was answered. */
export const BotMark = () => (
  <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" focusable="false" class="icon">
    <path
      d="M7 4.5h10a3.5 3.5 0 0 1 3.5 3.5v6a3.5 3.5 0 0 1-3.5 3.5h-3.5L9 20.7v-3.2H7A3.5 3.5 0 0 1 3.5 14V8A3.5 3.5 0 0 1 7 4.5z"
      fill="currentColor"
    />
    <path
      d="m8.5 11 2.5 2.5 4.7-5"
      stroke="var(--avatar-ink)"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);
