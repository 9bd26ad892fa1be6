/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/calendar_words.h"

#include <string.h>

/* Between blanks. */
static const char *const MONTHS[12] = {
    " january januar jänner janvier januari enero gennaio janeiro января ",
    " february februar février fevrier februari febrero febbraio fevereiro февраля ",
    " march märz mars maart marzo março marco marts марта ",
    " april avril abril aprile апреля ",
    " may mai mei mayo maggio maio maj мая ",
    " june juni juin junio giugno junho июня ",
    " july juli juillet julio luglio julho июля ",
    " august août aout augustus agosto augusti августа ",
    " september septembre septiembre settembre setembro сентября ",
    " october oktober octobre octubre ottobre outubro октября ",
    " november novembre noviembre novembro ноября ",
    " december dezember décembre decembre diciembre dicembre dezembro декабря ",
};

static const char *const SHORT[12] = {
    " jan jän janv ene gen янв ",
    " feb fév fev févr fevr фев февр ",
    " mar mär mrz mrt мар ",
    " apr avr abr апр ",
    " mag май ",
    " jun giu июн ",
    " jul juil lug июл ",
    " aug aoû ago авг ",
    " sep sept set сен сент ",
    " oct okt ott out окт ",
    " nov ноя нояб ",
    " dec dez déc dic дек ",
};

static const char WEEKDAYS[] =
    " monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato "
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag domenica "
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira "
    "понедельник вторник среда четверг пятница суббота воскресенье ";

static gboolean is_in(const char *words, const char *word) {
  gsize n = strlen(word);
  for (const char *p = words; n > 0 && (p = strstr(p, word)); p++)
    if (p[-1] == ' ' && p[n] == ' ')
      return TRUE;
  return FALSE;
}

static int find(const char *const *months, const char *word) {
  for (int i = 0; i < 12; i++)
    if (is_in(months[i], word))
      return i + 1;
  return 0;
}

int onr_month_find(const char *word) {
  return find(MONTHS, word);
}

int onr_month_find_short(const char *word) {
  return find(SHORT, word);
}

gboolean onr_weekday_is(const char *word) {
  return is_in(WEEKDAYS, word);
}
