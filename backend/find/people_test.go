package find_test

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
)

// Parts of made-up names, some of which begin with the same letters.
var (
	firstNames = strings.Fields(`Anna Annika Ada Ahmed Aygün Bela Carlos Chloé Dmitri Émile Fatima Grace Hannah Ines İlkin José John
		Jonathan Kateryna Leyla Linus Maria Mariam Nils Olga Óscar Paul Priya Quentin Rashad Sam Samira Smilla Søren Tamás Ulrike
		Vugar Wil Xenia Yusuf Zoë Zara Ольга Иван 太郎 花子 Łukasz Şəhla`)
	lastNames = strings.Fields(`Smith Smits Smythe McArthur MacDonald O'Brien Berg Bergmann Byron Hopper Müller Meier-Schmidt Nguyen
		Əliyev Quliyeva Ivanov Иванова 山田 García Fernández Strauß Weiß Çelik Yılmaz Kim Lee Park Okafor Adeyemi Silva Souza
		van_Dyke DeVries Tanaka Novák Kowalski Öztürk Haugen Lindqvist`)
	companies = strings.Fields(`Acme North South Ping Data Cloud River Stone Blue Iron Light Home Sky Nova Alpha Delta Omega Kite`)
	forms     = []string{"Ltd", "GmbH", "Inc", "LLC", "AG", "S.A.", "& Sons", "Holdings"}
	hosts     = strings.Fields(`acme.example north.example ping-home.org mail.example.com example.org data-cloud.example`)
)

// person is the text of a made-up account.
func person(random *rand.Rand, i int) string {
	pick := func(of []string) string { return of[random.IntN(len(of))] }
	first, last := pick(firstNames), pick(lastNames)
	user := strings.ToLower(ascii(first)) + "." + strings.ToLower(ascii(last))
	if random.IntN(3) > 0 {
		user += fmt.Sprint(random.IntN(1000))
	}
	return fmt.Sprintf("%s %s %s@%s %s%s %s %s", first, last, user, pick(hosts), pick(companies), pick([]string{"", " " + pick(companies)}), pick(forms), id(random, i))
}

func ascii(text string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || r == '\'' {
			return -1
		}
		return r
	}, text)
}

// id is in the form of a UUID that sorts by its number.
func id(random *rand.Rand, i int) string {
	raw := make([]byte, 16)
	for at := range raw {
		raw[at] = byte(random.IntN(256))
	}
	copy(raw, []byte{1, 0x99, byte(i >> 16), byte(i >> 8), byte(i), byte(i * 7), 0x70 | raw[6]&15})
	text := hex.EncodeToString(raw)
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

func people(n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]string, n)
	for i := range list {
		list[i] = person(random, i)
	}
	return list
}
