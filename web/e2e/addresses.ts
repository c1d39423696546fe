export const PORT = 8790;
export const TELEGRAM_PORT = 8791;
/** The local Telegram; the app allows this name of it to frame it. */
export const TELEGRAM = `http://localhost:${TELEGRAM_PORT}`;
