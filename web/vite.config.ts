import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { catalogues } from "./build/catalogues.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env.LANGAGENT_WEB_BACKEND ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), catalogues()],
  resolve: { alias: { "@": here("./src"), "@locales": here("../langagent/locales") } },
  server: {
    port: 5173,
    strictPort: true,
    fs: { allow: [here("."), here("../langagent/locales")] },
    proxy: { "/api": backend, "/health": backend },
  },
  build: { target: "es2022", assetsInlineLimit: 0 },
});
