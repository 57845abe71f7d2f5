//! Every sentence that the coach says by itself, in each language, for a person to read.

use std::time::Duration;

use insta::assert_snapshot;

use super::*;

fn every_sentence(language: Language) -> Vec<String> {
    let p = Phrases::of(language);
    let s = Duration::from_secs;
    let things = |n: usize| ["A", "B", "C"].iter().take(n).map(|&thing| thing.to_owned()).collect::<Vec<_>>();
    let numbers =
        [0, 1, 2, 3, 16, 17, 21, 28, 31, 71, 80, 81, 91, 99, 100, 101, 108, 121, 200, 503, 721, 999];
    let mut all = vec![numbers.map(|n| p.number(n)).join(", "), p.count(1)];
    all.push([1, 2, 21, 30, 90, 3660, 3601].map(|n| p.duration(s(n))).join(", "));
    all.push(p.duration(Duration::from_millis(2500)));
    all.extend([p.takes(s(20)), p.takes(s(60)), p.takes(s(1500))]);
    all.extend([p.at_hand(&things(1)), p.at_hand(&things(2)), p.left_out(&things(3)), p.need(&things(1))]);
    all.extend([p.stop_if("X"), p.pause.into(), p.begin.into(), p.exercise(1, 21)]);
    for (sets, reps, each) in [(1, 1, true), (1, 6, false), (2, 5, false), (2, 1, true), (21, 21, true)] {
        all.extend(p.dose(&vec![reps; sets], None, each));
    }
    all.extend(p.dose(&[8, 5, 1], None, true));
    all.push(p.times(3));
    for side in [Side::Left, Side::Right] {
        for limb in [Limb::Leg, Limb::Arm, Limb::Other] {
            all.push(format!("{} {}", p.side_first(side, limb), p.switch(side, limb)));
        }
    }
    all.extend([
        p.ready.into(),
        p.hold(Some("X."), s(10)),
        p.hold(None, s(1)),
        p.lasting(s(300)),
        p.rest.into(),
    ]);
    all.extend([p.next("X"), p.next_set(None, 2, 3), p.next_set(None, 3, 3), p.this_set(None, 2, 3)]);
    all.extend([p.last_rep, p.halfway, p.last_ten, p.complete, p.sound_works].map(str::to_owned));
    all.extend([
        p.to_go(s(60)),
        p.to_go(s(120)),
        p.done(s(120)),
        p.elapsed(s(1800)),
        p.time_left(s(700), s(1130)),
    ]);
    all.extend(Tone::ALL.map(|tone| (p.meaning)(tone).to_owned()));
    all.extend([p.paused, p.forward, p.back, p.once_more, p.device_gone].map(str::to_owned));
    all.push(p.continues("X"));
    let week = |low, high, weeks| p.schedule(Range { low, high }, weeks);
    all.extend([week(1, 1, None), week(2, 3, Some(5)), week(1, 2, Some(1))]);
    all.extend([p.voice_missing("heart", "builtin"), p.voice_failed("heart", "builtin")]);
    all
}

#[test]
fn no_brace_and_no_word_of_english_is_left() {
    let english = every_sentence(Language::English);
    for language in Language::ALL {
        let said = every_sentence(language);
        assert_eq!(said.len(), english.len(), "{language:?}");
        for (said, english) in said.iter().zip(&english) {
            assert!(!said.contains(['{', '}']), "{said}");
            assert!(language == Language::English || said != english, "{language:?}: {said}");
        }
        let words = said.join(" ");
        let english =
            ["the", "next", "rest", "sides", "hold", "seconds", "times", "week", "paused", "with", "and"];
        let leaks = words
            .split(|c: char| !c.is_alphabetic())
            .find(|word| english.contains(&word.to_lowercase().as_str()));
        assert!(language == Language::English || leaks.is_none(), "{language:?}: {leaks:?}");
    }
}

#[test]
fn names_of_sets_have_their_gender_and_their_plural() {
    let said = |language, name| {
        let p = Phrases::of(language);
        format!("{} {}", p.dose(&[1, 1], Some(name), false).unwrap(), p.next_set(Some(name), 3, 3))
    };
    assert_snapshot!(
        [
            said(Language::German, "Runde"),
            said(Language::German, "Durchgang"),
            said(Language::German, "Dehnung"),
            said(Language::Spanish, "ciclo"),
            said(Language::Spanish, "repetición"),
            said(Language::French, "cycle"),
            said(Language::French, "position"),
            said(Language::Italian, "ciclo"),
            said(Language::Italian, "posizione"),
        ]
        .join("\n"),
        @"
Zwei Runden. Als Nächstes: die letzte Runde.
Zwei Durchgänge. Als Nächstes: der letzte Durchgang.
Zwei Dehnungen. Als Nächstes: die letzte Dehnung.
Dos ciclos. A continuación, el último ciclo.
Dos repeticiones. A continuación, la última repetición.
Deux cycles. Ensuite, le dernier cycle.
Deux positions. Ensuite, la dernière position.
Due cicli. Poi l'ultimo ciclo.
Due posizioni. Poi l'ultima posizione.
"
    );
}

#[test]
fn all_of_english() {
    assert_snapshot!(every_sentence(Language::English).join("\n"), @"
zero, one, two, three, sixteen, seventeen, twenty-one, twenty-eight, thirty-one, seventy-one, eighty, eighty-one, ninety-one, ninety-nine, one hundred, one hundred and one, one hundred and eight, one hundred and twenty-one, two hundred, five hundred and three, seven hundred and twenty-one, nine hundred and ninety-nine
One.
one second, two seconds, twenty-one seconds, thirty seconds, one minute thirty seconds, one hour one minute, one hour one second
two point five seconds
This takes less than a minute.
This takes about one minute.
This takes about twenty-five minutes.
Have ready A.
Have ready A and B.
Left out today: A, B, and C.
You need A.
Stop at once if X.
To pause, press the play button of your headphones, or the space bar.
Let's begin.
Exercise one of twenty-one.
Once on each side.
Six times.
Two sets of five.
Two sets on each side.
Twenty-one sets of twenty-one on each side.
Three sets on each side: eight, five, and one.
Three times.
Left leg first. Switch sides. Left leg.
Left arm first. Switch sides. Left arm.
Left side first. Switch sides. Left side.
Right leg first. Switch sides. Right leg.
Right arm first. Switch sides. Right arm.
Right side first. Switch sides. Right side.
Ready.
X; hold ten seconds.
Hold one second.
Five minutes.
Rest.
Next: X.
Next, set two of three.
Next, the last set.
Set two of three.
Last one.
Halfway.
Ten seconds.
Session complete.
This is coach. If you hear these words, the sound works. Here are the ten tones.
One minute to go.
Two minutes to go.
Two minutes done.
That took thirty minutes. Well done.
Twelve minutes done, about nineteen minutes to go.
A session begins.
Another exercise.
A second before a start.
Begin now.
Let go.
Rest.
Switch sides.
Paused.
Something is wrong.
The session is over.
Paused.
Next.
Back.
Once more.
The device that you were listening on is gone. Paused.
Going on with X.
Come back once a week.
Come back two to three times a week, for five weeks.
Come back one to two times a week, for one week.
The voice heart is missing. The voice builtin speaks.
The voice heart has failed. The voice builtin goes on.
");
}

#[test]
fn all_of_german() {
    assert_snapshot!(every_sentence(Language::German).join("\n"), @"
null, eins, zwei, drei, sechzehn, siebzehn, einundzwanzig, achtundzwanzig, einunddreißig, einundsiebzig, achtzig, einundachtzig, einundneunzig, neunundneunzig, einhundert, einhunderteins, einhundertacht, einhunderteinundzwanzig, zweihundert, fünfhundertdrei, siebenhunderteinundzwanzig, neunhundertneunundneunzig
Eins.
eine Sekunde, zwei Sekunden, einundzwanzig Sekunden, dreißig Sekunden, eine Minute und dreißig Sekunden, eine Stunde und eine Minute, eine Stunde und eine Sekunde
zwei Komma fünf Sekunden
Das dauert weniger als eine Minute.
Das dauert etwa eine Minute.
Das dauert etwa fünfundzwanzig Minuten.
Leg dir bereit: A.
Leg dir bereit: A und B.
Heute nicht dabei: A, B und C.
Du brauchst: A.
Hör sofort auf, wenn X.
Für eine Pause drück die Wiedergabetaste deines Kopfhörers oder die Leertaste.
Los geht's.
Übung eins von einundzwanzig.
Einmal auf jeder Seite.
Sechs Mal.
Zwei Sätze mit fünf Wiederholungen.
Zwei Sätze auf jeder Seite.
Einundzwanzig Sätze mit einundzwanzig Wiederholungen auf jeder Seite.
Drei Sätze auf jeder Seite: acht, fünf und eins.
Drei Mal.
Zuerst das linke Bein. Seitenwechsel. Linkes Bein.
Zuerst der linke Arm. Seitenwechsel. Linker Arm.
Zuerst die linke Seite. Seitenwechsel. Linke Seite.
Zuerst das rechte Bein. Seitenwechsel. Rechtes Bein.
Zuerst der rechte Arm. Seitenwechsel. Rechter Arm.
Zuerst die rechte Seite. Seitenwechsel. Rechte Seite.
Bereit.
X; halte zehn Sekunden.
Halte eine Sekunde.
Fünf Minuten.
Pause.
Als Nächstes: X.
Als Nächstes: Satz zwei von drei.
Als Nächstes: der letzte Satz.
Satz zwei von drei.
Die letzte.
Halbzeit.
Zehn Sekunden.
Einheit geschafft.
Hier ist Coach. Wenn du das hörst, funktioniert der Ton. Jetzt kommen die zehn Töne.
Noch eine Minute.
Noch zwei Minuten.
Zwei Minuten geschafft.
Du hast dreißig Minuten trainiert. Gut gemacht.
Zwölf Minuten geschafft, noch etwa neunzehn Minuten.
Eine Einheit beginnt.
Eine neue Übung.
Noch eine Sekunde bis zum Start.
Fang jetzt an.
Lass los.
Mach Pause.
Wechsle die Seite.
Angehalten.
Etwas stimmt nicht.
Die Einheit ist zu Ende.
Angehalten.
Weiter.
Zurück.
Noch einmal.
Das Gerät, über das du gehört hast, ist weg. Angehalten.
Weiter mit X.
Wiederhole das einmal pro Woche.
Wiederhole das zwei bis drei Mal pro Woche, insgesamt fünf Wochen lang.
Wiederhole das ein bis zwei Mal pro Woche, insgesamt eine Woche lang.
Die Stimme heart fehlt. Die Stimme builtin spricht.
Die Stimme heart ist ausgefallen. Die Stimme builtin macht weiter.
");
}

#[test]
fn all_of_spanish() {
    assert_snapshot!(every_sentence(Language::Spanish).join("\n"), @"
cero, uno, dos, tres, dieciséis, diecisiete, veintiuno, veintiocho, treinta y uno, setenta y uno, ochenta, ochenta y uno, noventa y uno, noventa y nueve, cien, ciento uno, ciento ocho, ciento veintiuno, doscientos, quinientos tres, setecientos veintiuno, novecientos noventa y nueve
Uno.
un segundo, dos segundos, veintiún segundos, treinta segundos, un minuto y treinta segundos, una hora y un minuto, una hora y un segundo
dos coma cinco segundos
Dura menos de un minuto.
Dura alrededor de un minuto.
Dura alrededor de veinticinco minutos.
Ten a mano: A.
Ten a mano: A y B.
Hoy no toca: A, B y C.
Necesitas: A.
Para enseguida si X.
Para hacer una pausa, pulsa el botón de reproducción de tus auriculares o la barra espaciadora.
Empezamos.
Ejercicio uno de veintiuno.
Una vez por cada lado.
Seis veces.
Dos series de cinco repeticiones.
Dos series por cada lado.
Veintiuna series de veintiuna repeticiones por cada lado.
Tres series por cada lado: ocho, cinco y uno.
Tres veces.
Primero la pierna izquierda. Cambia de lado. Pierna izquierda.
Primero el brazo izquierdo. Cambia de lado. Brazo izquierdo.
Primero el lado izquierdo. Cambia de lado. Lado izquierdo.
Primero la pierna derecha. Cambia de lado. Pierna derecha.
Primero el brazo derecho. Cambia de lado. Brazo derecho.
Primero el lado derecho. Cambia de lado. Lado derecho.
Prepárate.
X; mantén diez segundos.
Mantén un segundo.
Cinco minutos.
Descansa.
A continuación: X.
A continuación, serie dos de tres.
A continuación, la última serie.
Serie dos de tres.
La última.
Vas por la mitad.
Diez segundos.
Sesión completada.
Aquí Coach. Si oyes estas palabras, el sonido funciona. Ahora vienen los diez tonos.
Un minuto por delante.
Dos minutos por delante.
Ya llevas dos minutos.
Has tardado treinta minutos. Bien hecho.
Ya llevas doce minutos, con cerca de diecinueve minutos por delante.
Empieza una sesión.
Otro ejercicio.
Falta un segundo para empezar.
Empieza ya.
Suelta.
Descansa.
Cambia de lado.
En pausa.
Algo va mal.
La sesión ha terminado.
En pausa.
Siguiente.
Atrás.
Otra vez.
El dispositivo por el que escuchabas ya no está. En pausa.
Seguimos con X.
Repítelo una vez por semana.
Repítelo de dos a tres veces por semana, durante cinco semanas.
Repítelo de una a dos veces por semana, durante una semana.
Falta la voz heart. Habla la voz builtin.
La voz heart ha fallado. Sigue la voz builtin.
");
}

#[test]
fn all_of_french() {
    assert_snapshot!(every_sentence(Language::French).join("\n"), @"
zéro, un, deux, trois, seize, dix-sept, vingt et un, vingt-huit, trente et un, soixante et onze, quatre-vingts, quatre-vingt-un, quatre-vingt-onze, quatre-vingt-dix-neuf, cent, cent un, cent huit, cent vingt et un, deux cents, cinq cent trois, sept cent vingt et un, neuf cent quatre-vingt-dix-neuf
Un.
une seconde, deux secondes, vingt et une secondes, trente secondes, une minute et trente secondes, une heure et une minute, une heure et une seconde
deux virgule cinq secondes
Cela dure moins d'une minute.
Cela dure environ une minute.
Cela dure environ vingt-cinq minutes.
À garder à portée de main : A.
À garder à portée de main : A et B.
Pas aujourd'hui : A, B et C.
Il te faut : A.
Arrête tout de suite si X.
Pour faire une pause, appuie sur le bouton de lecture de ton casque ou sur la barre d'espace.
C'est parti.
Exercice un sur vingt et un.
Une fois de chaque côté.
Six fois.
Deux séries de cinq répétitions.
Deux séries de chaque côté.
Vingt et une séries de vingt et une répétitions de chaque côté.
Trois séries de chaque côté : huit, cinq et un.
Trois fois.
D'abord la jambe gauche. Change de côté. Jambe gauche.
D'abord le bras gauche. Change de côté. Bras gauche.
D'abord le côté gauche. Change de côté. Côté gauche.
D'abord la jambe droite. Change de côté. Jambe droite.
D'abord le bras droit. Change de côté. Bras droit.
D'abord le côté droit. Change de côté. Côté droit.
Prépare-toi.
X ; tiens dix secondes.
Tiens une seconde.
Cinq minutes.
Repos.
Ensuite : X.
Ensuite, série deux sur trois.
Ensuite, la dernière série.
Série deux sur trois.
La dernière.
Mi-temps.
Dix secondes.
Séance terminée.
Ici Coach. Si tu entends ces mots, le son fonctionne. Voici les dix signaux.
Encore une minute.
Encore deux minutes.
Déjà deux minutes.
Cela a duré trente minutes. Bien joué.
Déjà douze minutes, encore dix-neuf minutes environ.
Une séance commence.
Un autre exercice.
Encore une seconde avant le départ.
Commence maintenant.
Relâche.
Repose-toi.
Change de côté.
En pause.
Quelque chose ne va pas.
La séance est finie.
En pause.
Suivant.
Retour.
Encore une fois.
L'appareil que tu écoutais n'est plus là. En pause.
On reprend X.
Recommence une fois par semaine.
Recommence deux à trois fois par semaine, pendant cinq semaines.
Recommence une à deux fois par semaine, pendant une semaine.
La voix heart manque. La voix builtin parle.
La voix heart est en panne. La voix builtin continue.
");
}

#[test]
fn all_of_italian() {
    assert_snapshot!(every_sentence(Language::Italian).join("\n"), @"
zero, uno, due, tre, sedici, diciassette, ventuno, ventotto, trentuno, settantuno, ottanta, ottantuno, novantuno, novantanove, cento, centouno, centootto, centoventuno, duecento, cinquecentotré, settecentoventuno, novecentonovantanove
Uno.
un secondo, due secondi, ventuno secondi, trenta secondi, un minuto e trenta secondi, un'ora e un minuto, un'ora e un secondo
due virgola cinque secondi
Dura meno di un minuto.
Dura circa un minuto.
Dura circa venticinque minuti.
Tieni a portata di mano: A.
Tieni a portata di mano: A e B.
Oggi non si fa: A, B e C.
Ti serve: A.
Fermati subito se X.
Per fare una pausa, premi il tasto di riproduzione delle cuffie oppure la barra spaziatrice.
Cominciamo.
Esercizio uno di ventuno.
Una volta per lato.
Sei volte.
Due serie da cinque ripetizioni.
Due serie per lato.
Ventuno serie da ventuno ripetizioni per lato.
Tre serie per lato: otto, cinque e uno.
Tre volte.
Prima la gamba sinistra. Cambia lato. Gamba sinistra.
Prima il braccio sinistro. Cambia lato. Braccio sinistro.
Prima il lato sinistro. Cambia lato. Lato sinistro.
Prima la gamba destra. Cambia lato. Gamba destra.
Prima il braccio destro. Cambia lato. Braccio destro.
Prima il lato destro. Cambia lato. Lato destro.
Preparati.
X; tieni per dieci secondi.
Tieni per un secondo.
Cinque minuti.
Riposa.
Ora tocca a: X.
Poi serie due di tre.
Poi l'ultima serie.
Serie due di tre.
L'ultima.
Sei a metà.
Dieci secondi.
Sessione completata.
Qui Coach. Se senti queste parole, l'audio funziona. Ecco i dieci segnali.
Ancora un minuto.
Ancora due minuti.
Già due minuti.
Hai impiegato trenta minuti. Ben fatto.
Già dodici minuti, ancora diciannove minuti circa.
Comincia una sessione.
Un altro esercizio.
Manca un secondo all'inizio.
Comincia ora.
Lascia andare.
Riposa.
Cambia lato.
In pausa.
Qualcosa non va.
La sessione è finita.
In pausa.
Avanti.
Indietro.
Ancora una volta.
Il dispositivo da cui ascoltavi non c'è più. In pausa.
Si riprende con X.
Ripeti una volta a settimana.
Ripeti da due a tre volte a settimana, per cinque settimane.
Ripeti da una a due volte a settimana, per una settimana.
Manca la voce heart. Parla la voce builtin.
La voce heart non funziona più. Continua la voce builtin.
");
}
