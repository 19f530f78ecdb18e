// The pages' start: words first, then who is signed in, then the page.
import "./older-browsers.ts";
import "virtual:report-look.css";
import "./look.css";
import { createPinia } from "pinia";
import { createApp } from "vue";
import App from "./App.vue";
import { router } from "./router.ts";
import { chosenLanguage, speak } from "./words.ts";

void speak(chosenLanguage()).then(() => { createApp(App).use(createPinia()).use(router).mount("#app"); });
