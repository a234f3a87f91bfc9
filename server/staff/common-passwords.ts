/**
 * What the most common passwords are made of, by the lists of leaked ones: words and keyboard walks. Passwords are
 * compared after case, digits at the ends and look-alike signs are taken away (`password-rules.ts`), so that one word
 * here stands for its hundreds of spellings.
 */
const WORDS = `
password passw passwd pass passcode passphrase parola passwort contrasena motdepasse senha wachtwoord haslo salasana
secret letmein letme welcome hello hellohello hallo admin administrator administrador root toor user username guest test tester
testing default changeme change master superuser super manager system server login logon access enter computer internet
google facebook instagram whatsapp linkedin twitter youtube yahoo hotmail gmail microsoft windows apple samsung nokia
iloveyou iloveu loveyou loveme love lovely lover mylove baby babygirl babyboy sweetheart sweety honey darling princess
prince queen king angel angels heaven jesus jesuschrist christ god godisgood godisgreat blessed blessing faith amen
praise grace mercy church bible allah bismillah muhammad ahmed ali fatima
dragon monkey tiger lion panther eagle falcon wolf bear shark snake spider horse dolphin butterfly kitten puppy doggy
chicken banana orange cherry strawberry chocolate cookie cookies cheese pepper ginger coffee pizza sugar candy cupcake
football soccer baseball basketball hockey tennis golf cricket rugby boxing liverpool arsenal chelsea manchester
manutd manchesterunited barcelona realmadrid juventus ronaldo messi rooney beckham lakers yankees cowboys steelers
eagles raiders packers redsox rangers celtic blackstars
superman batman spiderman ironman wonderwoman pokemon pikachu naruto sasuke minecraft fortnite playstation nintendo
xbox starwars matrix skywalker yoda vader gandalf hobbit harrypotter hogwarts simpsons garfield snoopy mickey minnie
donald disney hellokitty tinkerbell sunshine sunflower rainbow moonlight starlight summer winter spring autumn january
february march april june july august september october november december monday tuesday wednesday thursday friday
saturday sunday
michael michelle jennifer jessica jordan joshua matthew andrew daniel david robert thomas charles charlie william
george anthony james john joseph joe johnny jonathan christopher chris christian christine christina nicole ashley amanda
samantha stephanie elizabeth victoria alexander alexandra alex alexis benjamin brandon brian bryan austin hunter
buster tigger bailey maggie molly daisy buddy lucky rocky sammy shadow smokey ranger harley ferrari porsche mercedes
corvette mustang camaro toyota honda yamaha suzuki ducati rachel rebecca sarah sophie hannah emily emma olivia laura
patrick peter paul philip richard steven stephen ronald kevin justin jason jasmine jacob isabella gabriel fernando
carlos carolina claudia andrea antonio alejandro eduardo francisco ricardo roberto sebastian valentina veronica
natasha nathan nicholas oliver oscar vincent vanessa zachary kwame kwabena kofi akosua abena ama adwoa yaa esi efua
akua mensah owusu boateng asante appiah nana chidi chukwu emeka ngozi oluwaseun ayodele tunde wanjiru kamau otieno
mwangi njoroge achieng amina hassan ibrahim mohammed abdullah
ghana nigeria kenya uganda tanzania rwanda senegal africa accra lagos nairobi kampala kumasi mombasa london paris
berlin madrid america american england canada australia germany france brasil brazil mexico india pakistan newyork
california texas florida chicago boston dallas houston
money cash dollar dollars naira cedi shilling bitcoin crypto bank banking wallet wallets payment payments mobilemoney mobile mpesa
momo airtel vodafone safaricom finance business company office
freedom forever whatever nothing something anything trustno trust nobody somebody mother father mommy daddy mama papa
family friend friends friendship brother sister beautiful handsome pretty gorgeous sexy hotgirl playboy player gangster
killer hacker hacking ninja samurai warrior soldier army navy marine phoenix thunder lightning storm hurricane mountain
ocean river flower flowers crystal diamond silver golden gold purple yellow green blue red black white pink violet
music guitar piano drummer metallica nirvana slipknot eminem beyonce rihanna tupac biggie beatles blink elvis hiphop
school student teacher college university doctor nurse lawyer engineer police captain pirate cowboy wizard merlin
merlyn magic mystery qwer qwert qwerty qwertz azerty azertyuiop qwertyui qwertyuiop qwertyuio asdf asdfg asdfgh asdfghj
asdfghjk asdfghjkl zxcv zxcvb zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc zaqwsx zaqxsw qweasd qweasdzxc asdqwe poiuytrewq
lkjhgfdsa mnbvcxz asdasd qweqwe qwaszx aaaa abcd abcde abcdef abcdefg abcdefgh abcabc aabbcc xxx zzz
whiskey vodka corona heineken guinness smoke marijuana bullshit fuckyou fuckoff fuckme fuck asshole bitch bastard
pussy cunt dick penis shit shithead motherfucker
correcthorsebatterystaple opensesame sesame shalom namaste karibu akwaaba bonjour ciao hola amor amore teamo tequiero
estrella mariposa princesa hermosa bonita corazon futbol
`;

/** Digits alone, and digits with letters, that no taking away would leave a word of. */
const WHOLE = `
1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 q1w2e3r4 q1w2e3r4t5 qwe123qwe 123qweasd 123qweasdzxc
1a2b3c4d a1b2c3d4 a1s2d3f4 zaq12wsx zaq1zaq1 xsw21qaz 1q1q1q1q q1q1q1q1 p455w0rd pa55w0rd pa55word 123abc123 abc123abc
abc12345 a1234567 a12345678 a123456789 123456789a 12345678a 12345qwert 1234qwer qwer1234 asdf1234 zxcv1234 trustno1
letmein1 ncc1701d ncc1701e rush2112 thx1138a 7777777a
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
export const COMMON_WHOLE: ReadonlySet<string> = new Set(WHOLE.trim().split(/\s+/));
